import CorosHistory
import CorosLanguage
import CorosSession
import CorosShell

/// A command that changes the breakpoints that it names: `delete`, `enable`, `disable`.
protocol BreakpointChange: SimpleCommand where Result == BreakpointChangeResult<Self> {
  /// The past participle for the answer: `deleted`.
  static var done: String { get }

  /// Changes one breakpoint.
  static func change(_ number: Int, in session: Session)
}

extension BreakpointChange {
  /// Changes all named breakpoints; none if one of the numbers is wrong.
  static func run(
    _ invocation: Invocation,
    in shell: Shell
  ) throws(CommandFailure) -> BreakpointChangeResult<Self> {
    let numbers = try numbers(in: invocation, shell.session.breakpoints.map(\.breakpoint.number))
    for number in numbers { change(number, in: shell.session) }
    return BreakpointChangeResult(numbers: numbers)
  }

  private static func numbers(
    in invocation: Invocation,
    _ all: [Int]
  ) throws(CommandFailure) -> [Int] {
    guard let first = invocation.arguments.first else {
      throw CommandFailure(
        "\(manual.name) needs the number of a breakpoint, or `all`",
        at: invocation.name.range,
        hint: "`breaks` lists them"
      )
    }
    if first.text == "all" {
      try invocation.allow(atMost: 1, manual)
      return all
    }
    var numbers: [Int] = []
    for index in invocation.arguments.indices {
      let number = try invocation.integer(index, "the number of a breakpoint", in: 1...Int.max)
      guard all.contains(number) else {
        throw CommandFailure(
          "there is no breakpoint \(number)",
          at: invocation.arguments[index].range,
          hint: all.isEmpty ? "`break` and `watch` set breakpoints" : "`breaks` lists them"
        )
      }
      if !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }
}

/// The breakpoints that a command has changed.
struct BreakpointChangeResult<Command: BreakpointChange>: CommandResult, ResultObject {
  let numbers: [Int]

  static var fields: [ResultField<Self>] {
    [.numbers("breakpoints", "the named breakpoints") { $0.numbers }]
  }

  func text(in look: Look) -> String {
    switch numbers.count {
    case 0: "no breakpoints"
    case 1: "breakpoint \(numbers[0]) \(Command.done)"
    default: "breakpoints \(numbers.map(\.description).joined(separator: ", ")) \(Command.done)"
    }
  }
}
