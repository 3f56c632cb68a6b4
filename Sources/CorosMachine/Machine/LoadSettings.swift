/// How a program in assembly is loaded: the `KEY=VALUE` words that follow its name.
package struct LoadSettings: Sendable {
  /// The number of threads; nil for one, or as many as a register has values.
  private(set) var threads: Int?
  /// The cell of the first instruction.
  private(set) var start = 1_000
  /// The memory, in units of 1024 cells.
  private(set) var kilobytes = 128
  /// What registers contain at first: one number for all threads, or one for each.
  private(set) var registers: [(register: Register, values: [Int])] = []
  /// The words.
  package private(set) var words: [String] = []

  private static let threadCounts = 1...1_000
  private static let starts = 1...1_000_000
  private static let sizes = 1...1_024

  /// The keys, as they are typed.
  package static let keys =
    ["threads", "load", "memory"] + Register.allCases.filter { $0 != .sp }.map(\.name)

  /// One thread of a program at cell 1000, in 128 times 1024 cells.
  package init() {}

  /// Reads a word.
  ///
  /// - Parameter word: `KEY=VALUE`.
  /// - Throws: What is wrong with it.
  package mutating func set(_ word: String) throws(AssemblyError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = String(parts[0])
    guard parts.count == 2, Self.keys.contains(key) else {
      throw AssemblyError(
        "'\(word.prefix(40))' is not a setting",
        hint: key == Register.sp.name
          ? "each thread has a stack of its own"
          : "settings: \(Self.keys.map { $0 + "=" }.joined(separator: " "))"
      )
    }
    guard !words.contains(where: { $0.hasPrefix(key + "=") }) else {
      throw AssemblyError("\(key) is given twice", hint: "leave one of them out")
    }
    let value = String(parts[1])
    switch key {
    case "threads": threads = try number(value, key, in: Self.threadCounts)
    case "load": start = try number(value, key, in: Self.starts)
    case "memory": kilobytes = try number(value, key, in: Self.sizes)
    default: registers.append((try register(key), try numbers(value, key)))
    }
    words.append(word)
  }

  private func register(_ name: String) throws(AssemblyError) -> Register {
    guard let register = Register(named: name) else {
      throw AssemblyError("there is no register '\(name)'")
    }
    return register
  }

  private func numbers(_ text: String, _ key: String) throws(AssemblyError) -> [Int] {
    var numbers: [Int] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      numbers.append(try number(String(part), key, in: Int.min...Int.max))
    }
    return numbers
  }

  private func number(
    _ text: String,
    _ key: String,
    in range: ClosedRange<Int>
  ) throws(AssemblyError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw AssemblyError(
        "\(key) cannot be '\(text.prefix(40))'",
        hint: range == Int.min...Int.max
          ? "whole numbers, with slashes between those of different threads: \(key)=1/2"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }
}
