import CorosKernel

/// One command as it was given: its words expanded, and where they stand in the line.
package struct Invocation {
  let line: String
  let name: Argument
  let arguments: [Argument]

  /// Fails unless there are as many arguments as the usage says.
  func require(_ counts: ClosedRange<Int>, _ manual: Manual) throws(CommandFailure) {
    if arguments.count < counts.lowerBound {
      throw CommandFailure(
        "\(manual.name) needs more than that",
        at: name.range,
        hint: "usage: \(manual.usage)"
      )
    }
    if arguments.count > counts.upperBound {
      throw CommandFailure(
        "\(manual.name) does not take '\(excerpt(of: arguments[counts.upperBound].text))'",
        at: arguments[counts.upperBound].range,
        hint: "usage: \(manual.usage)"
      )
    }
  }

  /// Reads an argument as a whole number within a range.
  func integer(
    _ index: Int,
    _ meaning: String,
    in range: ClosedRange<Int>
  ) throws(CommandFailure) -> Int {
    let argument = arguments[index]
    guard let number = Int(argument.text) else {
      let isNumber = argument.text.drop { $0 == "-" || $0 == "+" }.allSatisfy(\.isNumber)
      throw CommandFailure(
        isNumber && !argument.text.isEmpty
          ? "\(meaning) is out of range: '\(excerpt(of: argument.text))'"
          : "\(meaning) must be a whole number, not '\(excerpt(of: argument.text))'",
        at: argument.range,
        hint: "from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    guard range.contains(number) else {
      throw CommandFailure(
        "\(meaning) is out of range: \(number)",
        at: argument.range,
        hint: "from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// Reads an argument as a task id; whether there is such a task is not its business.
  func tid(_ index: Int) throws(CommandFailure) -> TaskID {
    let argument = arguments[index]
    guard let number = Int(argument.text), number >= 0 else {
      throw CommandFailure(
        "'\(excerpt(of: argument.text))' is not a task id",
        at: argument.range,
        hint: "task ids are numbers: `ps` lists them, and $! is the last one spawned"
      )
    }
    return TaskID(rawValue: number)
  }
}
