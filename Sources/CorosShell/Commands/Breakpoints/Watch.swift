import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Sets a breakpoint on a value.
  enum Watch: PrintingCommand {
    static let manual = Manual(
      name: "watch",
      summary: "stop where a value changes",
      usage: "watch EXPRESSION [OPTION ...]",
      group: .breakpoints,
      details: """
        The machine stops after the step in which the value of EXPRESSION became another, and says what it \
        was and what it is. An expression is what `assert` compares, such as count(ready) or status(3), or \
        a comparison, such as count(ready) > 3; a task id alone stands for the state of that task. It is \
        asked after each step. What you do yourself between two steps changes values, too, and stops \
        nothing.
        """,
      example: "watch count(ready)",
      seeAlso: ["break", "assert", "breaks", "continue"],
      options: Shell.breakpointOptions,
      completion: [.words(["count(", "state(", "status(", "tick"]), .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("breakpoint", .number, "its number"),
          .init("what", .text, "when it stops, in words"),
          .init("value", .text, "what the value is now"),
        ])
      ],
      demonstration: ["spawn clock", "watch count(ready)"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let options = try OptionWords(invocation, manual)
      let words = options.operands.map { invocation.arguments[$0] }
      guard let first = words.first else {
        throw CommandFailure(
          "watch needs an expression",
          at: invocation.name.range,
          hint: "such as `watch count(ready)` or `watch state(3)`"
        )
      }
      if BreakpointSpec.keywords.contains(first.text), first.text != "tick" || words.count == 2 {
        let spec = words.map { quoted(excerpt(of: $0.text)) }.joined(separator: " ")
        throw CommandFailure(
          "'\(first.text)' is no value to watch",
          at: first.range,
          hint: "`break \(spec)` stops there; values are such as count(ready) or state(3)"
        )
      }
      let expression = try shell.expression(words, invocation, isCondition: false)
      let number = try shell.setBreakpoint(
        .watchpoint,
        .changes(expression.value),
        what: "\(expression.text) changes",
        label: expression.text,
        options
      )
      let value = expression.value(shell.scheduler)
      shell.report([
        "command": "watch", "breakpoint": .int(number),
        "what": .string("\(expression.text) changes"),
        "value": .string(value),
      ]) {
        "watchpoint \(number): \(expression.text) changes; it is \(excerpt(of: value))"
      }
    }
  }
}
