package import CorosKernel

/// A policy as it is named on the command line and by `policy`: a name and its settings.
package struct PolicyChoice: Sendable {
  package let make: @Sendable () -> any SchedulingPolicy

  package static let standard = PolicyChoice { RoundRobin() }

  /// What one can choose from: the one place that knows the policies by name.
  private static let known: [Known] = [
    Known(name: "rr", usage: "rr [quantum=TICKS]", keys: ["quantum"]) {
      settings throws(PolicyError) in
      let quantum = try settings.integer("quantum", standard: 1, in: 1...1_000_000_000)
      return PolicyChoice { RoundRobin(quantum: quantum) }
    }
  ]

  package static var names: [String] { known.map(\.name) }

  /// How each policy is typed.
  static var usages: [String] { known.map(\.usage) }

  /// What may follow a policy's name, for Tab.
  static func keys(of name: String) -> [String] {
    known.first { $0.name == name }?.keys.map { $0 + "=" } ?? []
  }

  /// Reads `NAME[:KEY=VALUE,...]`, as the command line has it.
  package static func parse(option: String) throws(PolicyError) -> PolicyChoice {
    let parts = option.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let settings = parts.count > 1 ? parts[1].split(separator: ",").map { String($0) } : []
    return try parse(name: String(parts[0]), settings: settings)
  }

  /// Reads a name and its settings.
  static func parse(name: String, settings: [String]) throws(PolicyError) -> PolicyChoice {
    guard let known = known.first(where: { $0.name == name }) else {
      throw PolicyError(
        word: 0,
        message: "there is no policy '\(excerpt(of: name))'",
        hint: Suggestion.question(for: name, among: names)
          ?? "one of: \(usages.joined(separator: ", "))"
      )
    }
    return try known.make(PolicySettings(known: known.keys, usage: known.usage, words: settings))
  }

  private struct Known: Sendable {
    let name: String
    let usage: String
    let keys: [String]
    let make: @Sendable (PolicySettings) throws(PolicyError) -> PolicyChoice
  }
}

/// What is wrong with the naming of a policy.
package struct PolicyError: Error, Equatable {
  /// Which word is wrong: 0 is the name, 1 the first setting.
  let word: Int
  package let message: String
  package let hint: String
}

/// The `KEY=VALUE` settings of a policy.
struct PolicySettings {
  private var values: [String: (value: String, word: Int)] = [:]

  init(known: [String], usage: String, words: [String]) throws(PolicyError) {
    for (index, word) in words.enumerated() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, known.contains(String(parts[0])) else {
        throw PolicyError(
          word: index + 1,
          message: "'\(excerpt(of: word))' is not a setting of this policy",
          hint: Suggestion.question(for: String(parts[0]), among: known.map { $0 + "=" })
            ?? "usage: \(usage)"
        )
      }
      values[String(parts[0])] = (String(parts[1]), index + 1)
    }
  }

  func integer(
    _ key: String,
    standard: Int,
    in range: ClosedRange<Int>
  ) throws(PolicyError) -> Int {
    guard let (value, word) = values[key] else { return standard }
    guard let number = Int(value), range.contains(number) else {
      throw PolicyError(
        word: word,
        message: "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not '\(excerpt(of: value))'",
        hint: "for example \(key)=\(range.lowerBound)"
      )
    }
    return number
  }
}
