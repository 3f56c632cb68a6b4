import CorosKernel
package import CorosLanguage

/// One command as it was typed: its expanded words, and their places in the line.
package struct Invocation {
  package let line: String
  package let name: Argument
  package let arguments: [Argument]

  /// Makes an invocation from the words of a line.
  package init(line: String, name: Argument, arguments: [Argument]) {
    self.line = line
    self.name = name
    self.arguments = arguments
  }

  /// Fails if there are more arguments than the usage allows.
  package func allow(atMost count: Int, _ manual: Manual) throws(CommandFailure) {
    if arguments.count > count { throw manual.refusal(of: arguments[count]) }
  }

  /// Reads an argument as a whole number within a range.
  package func integer(
    _ index: Int,
    _ meaning: String,
    in range: ClosedRange<Int>
  ) throws(CommandFailure) -> Int {
    let argument = arguments[index]
    let bounds =
      range.upperBound == .max
      ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
    guard let number = Int(argument.text) else {
      let isNumber = argument.text.drop { $0 == "-" || $0 == "+" }.allSatisfy(\.isNumber)
      throw CommandFailure(
        isNumber && !argument.text.isEmpty
          ? "\(meaning) is out of range: '\(excerpt(of: argument.text))'"
          : "\(meaning) must be a whole number, not '\(excerpt(of: argument.text))'",
        at: argument.range,
        hint: bounds
      )
    }
    guard range.contains(number) else {
      throw CommandFailure(
        "\(meaning) is out of range: \(number)",
        at: argument.range,
        hint: bounds
      )
    }
    return number
  }

  /// Reads an argument as a seed.
  package func seed(_ index: Int) throws(CommandFailure) -> UInt64 {
    let argument = arguments[index]
    if let seed = UInt64(argument.text) { return seed }
    throw CommandFailure(
      "the seed must be a whole number, not '\(excerpt(of: argument.text))'",
      at: argument.range,
      hint: "from 0 to \(UInt64.max)"
    )
  }

  /// The hint for a user who named no task.
  package static let hintWithoutTask = "`ps` lists the tasks; $! is the last one spawned"

  /// The failure of a command that needs a task and was given none.
  package func needsTask(_ manual: Manual, hint: String = hintWithoutTask) -> CommandFailure {
    CommandFailure("\(manual.name) needs a task id", at: name.range, hint: hint)
  }
}

extension Manual {
  /// That the command has no use for a word.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - hint: The way out; nil for the usage.
  /// - Returns: The error, at the word.
  package func refusal(of word: Argument, hint: String? = nil) -> CommandFailure {
    CommandFailure(
      "\(name) does not take '\(excerpt(of: word.text))'",
      at: word.range,
      hint: hint ?? "usage: \(usage)"
    )
  }
}
