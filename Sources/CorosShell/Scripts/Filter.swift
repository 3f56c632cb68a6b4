import CorosLanguage

/// What the results of a command go through: `ps | grep ready | head 3`.
enum Filter {
  case grep(String, inverted: Bool, ignoresCase: Bool)
  case head(Int)
  case tail(Int)
  case count
  case sort(isNumeric: Bool, isReversed: Bool)

  /// The filters, and what each leaves of the lines.
  static let meanings = [
    ("grep", "the lines with a text; -v: those without"), ("head", "the first lines"),
    ("tail", "the last lines"), ("count", "how many there are"), ("sort", "all, in order"),
  ]

  package static var names: [String] { meanings.map(\.0) }

  /// Reads a filter.
  ///
  /// - Parameter words: Its words, with variables replaced; at least one.
  /// - Throws: What is wrong with it, and where.
  init(_ words: [Argument]) throws(CommandFailure) {
    let name = words[0]
    var rest = Array(words.dropFirst())
    func takeFlag(_ flag: String) -> Bool {
      guard let index = rest.firstIndex(where: { $0.text == flag }) else { return false }
      rest.remove(at: index)
      return true
    }
    switch name.text {
    case "grep":
      let (inverted, ignoresCase) = (takeFlag("-v"), takeFlag("-i"))
      guard let text = rest.first else {
        throw CommandFailure("grep needs a text", at: name.range, hint: "as in `ps | grep ready`")
      }
      try Self.end(rest.dropFirst(), "grep [-v] [-i] TEXT")
      self = .grep(text.text, inverted: inverted, ignoresCase: ignoresCase)
    case "head", "tail":
      _ = takeFlag("-n")
      var count = 10
      if let word = rest.first {
        let digits = word.text.hasPrefix("-") ? String(word.text.dropFirst()) : word.text
        guard let number = Int(digits), number >= 0 else {
          throw CommandFailure(
            "the number of lines must be a whole number, not '\(excerpt(of: word.text))'",
            at: word.range,
            hint: "as in `ps | \(name.text) 3`"
          )
        }
        count = number
      }
      try Self.end(rest.dropFirst(), "\(name.text) [N]")
      self = name.text == "head" ? .head(count) : .tail(count)
    case "count":
      try Self.end(rest[...], "count")
      self = .count
    case "sort":
      let (isNumeric, isReversed) = (takeFlag("-n"), takeFlag("-r"))
      try Self.end(rest[...], "sort [-n] [-r]")
      self = .sort(isNumeric: isNumeric, isReversed: isReversed)
    default:
      throw CommandFailure(
        "there is no filter '\(excerpt(of: name.text))'",
        at: name.range,
        hint: Suggestion.question(for: name.text, among: Self.names)
          ?? "they are \(Self.names.joined(separator: ", ")); `| !COMMAND` is for programs of the host"
      )
    }
  }

  private static func end(_ rest: ArraySlice<Argument>, _ usage: String) throws(CommandFailure) {
    guard let extra = rest.first else { return }
    throw CommandFailure(
      "the filter does not take '\(excerpt(of: extra.text))'",
      at: extra.range,
      hint: "usage: \(usage)"
    )
  }

  /// What is left of some lines.
  func apply(to lines: [Substring], isJSON: Bool) -> [Substring] {
    switch self {
    case .grep(let text, let inverted, let ignoresCase):
      let wanted = ignoresCase ? text.lowercased() : text
      return lines.filter { line in
        let line = ignoresCase ? Substring(line.lowercased()) : line
        return line.utf8.contains(wanted.utf8) != inverted
      }
    case .head(let count): return Array(lines.prefix(count))
    case .tail(let count): return Array(lines.suffix(count))
    case .count: return [isJSON ? "{\"lines\":\(lines.count)}" : "\(lines.count)"]
    case .sort(let isNumeric, let isReversed):
      let sorted =
        isNumeric
        ? lines.enumerated().sorted {
          (Self.number($0.element), $0.offset) < (Self.number($1.element), $1.offset)
        }.map(\.element)
        : lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return isReversed ? sorted.reversed() : sorted
    }
  }

  /// The first number in a line; those without one come first.
  private static func number(_ line: Substring) -> Int {
    let digits = line.drop { !$0.isNumber }.prefix { $0.isNumber }
    return Int(digits) ?? .min
  }
}

extension Collection where Element == UInt8 {
  /// Whether the bytes occur in it, one after the other.
  fileprivate func contains(_ wanted: some Collection<UInt8>) -> Bool {
    guard let first = wanted.first else { return true }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: wanted) { return true }
      rest = rest[rest.index(after: start)...]
    }
    return false
  }
}
