package import CorosKernel

/// A policy as it is named on the command line and by `policy`: a name and its settings.
package struct PolicyChoice: Sendable {
  package let make: @Sendable () -> any SchedulingPolicy

  package static let standard = PolicyChoice { RoundRobin() }

  package static var names: [String] { KnownPolicy.all.map(\.name) }

  /// The names of those that need nobody to choose for them.
  static var automatic: [String] { names.filter { $0 != "manual" } }

  /// What may follow a policy's name, for Tab.
  static func settings(of name: String) -> [String] {
    KnownPolicy.named(name)?.keys.flatMap { key in
      key.words.isEmpty ? ["\(key.name)="] : key.words.map { "\(key.name)=\($0)" }
    } ?? []
  }

  /// Reads `NAME[:KEY=VALUE,...]`, as the command line has it.
  package static func parse(option: String) throws(PolicyError) -> PolicyChoice {
    let parts = option.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let settings = parts.count > 1 ? parts[1].split(separator: ",").map { String($0) } : []
    return try parse(name: String(parts[0]), settings: settings)
  }

  /// Reads a name and its settings.
  static func parse(name: String, settings: [String]) throws(PolicyError) -> PolicyChoice {
    guard let known = KnownPolicy.named(name) else {
      throw PolicyError(
        word: 0,
        message: "there is no policy '\(excerpt(of: name))'",
        hint: Suggestion.question(for: name, among: names)
          ?? "one of: \(names.joined(separator: ", ")); `help policy` tells about them"
      )
    }
    return PolicyChoice(make: try known.make(PolicySettings(of: known, words: settings)))
  }
}

/// What is wrong with the naming of a policy.
package struct PolicyError: Error, Equatable {
  /// Which word is wrong: 0 is the name, 1 the first setting.
  let word: Int
  package let message: String
  package let hint: String
}
