package import CorosLanguage

/// A command's options, separated from its other words.
///
/// Options are `--name` or `--name VALUE`, anywhere among the words; `--` ends them.
package struct OptionWords {
  /// The words that belong to no option, as indices of the invocation's arguments.
  package private(set) var operands: [Int] = []
  private var places: [String: Int] = [:]
  private let invocation: Invocation

  /// Sorts the words of an invocation.
  ///
  /// - Parameters:
  ///   - invocation: The command as typed.
  ///   - manual: The command's page, which lists its options.
  ///   - most: The most words that may belong to no option; nil for any number.
  /// - Throws: For an option that is unknown, given twice, or lacks its value, and for a word too many.
  package init(
    _ invocation: Invocation,
    _ manual: Manual,
    atMost most: Int? = nil
  ) throws(CommandFailure) {
    self.invocation = invocation
    var index = 0
    var areOver = false
    while index < invocation.arguments.count {
      defer { index += 1 }
      let word = invocation.arguments[index]
      guard !areOver, word.text.hasPrefix("--") else {
        operands.append(index)
        continue
      }
      if word.text == "--" {
        areOver = true
        continue
      }
      guard let option = manual.options.first(where: { $0.name == word.text }) else {
        let names = manual.options.map(\.name)
        throw manual.refusal(
          of: word,
          hint: Suggestion.question(for: word.text, among: names)
            ?? "its options are \(names.joined(separator: ", "))"
        )
      }
      guard places[word.text] == nil else {
        throw CommandFailure(
          "\(word.text) is given twice",
          at: word.range,
          hint: "once is enough: \(option.usage)"
        )
      }
      places[word.text] = index
      guard option.value != nil else { continue }
      index += 1
      guard index < invocation.arguments.count else {
        throw CommandFailure(
          "\(word.text) needs a value",
          at: word.range,
          hint: "it is \(option.usage): \(option.summary)"
        )
      }
    }
    if let most, operands.count > most {
      throw manual.refusal(of: invocation.arguments[operands[most]])
    }
  }

  /// Whether an option was given.
  package func has(_ option: String) -> Bool { places[option] != nil }

  /// Where an option stands in the line.
  package func place(of option: String) -> Range<Int>? {
    places[option].map { invocation.arguments[$0].range }
  }

  /// The value of an option.
  package func value(_ option: String) -> Argument? {
    places[option].map { invocation.arguments[$0 + 1] }
  }

  /// The value of an option as a whole number.
  package func integer(
    _ option: String,
    _ meaning: String,
    in range: ClosedRange<Int>
  ) throws(CommandFailure) -> Int? {
    guard let place = places[option] else { return nil }
    return try invocation.integer(place + 1, meaning, in: range)
  }

  /// The value of an option as a seed.
  package func seed(_ option: String) throws(CommandFailure) -> UInt64? {
    guard let place = places[option] else { return nil }
    return try invocation.seed(place + 1)
  }
}
