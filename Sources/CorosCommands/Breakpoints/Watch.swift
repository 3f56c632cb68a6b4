import CorosHistory
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Sets a breakpoint on a value.
  enum Watch: SimpleCommand {
    static let manual = Manual(
      name: "watch",
      summary: "stop where a value changes",
      usage: "watch EXPRESSION [OPTION ...]",
      group: .breakpoints,
      details: """
        The machine stops after the step in which the value of EXPRESSION changes, and shows the old and the \
        new value. EXPRESSION is anything that `assert` can compare, such as count(ready) or status(3), or a \
        comparison, such as count(ready) > 3. A task id alone means the state of that task. The expression \
        is evaluated after each step. What you change yourself between two steps does not stop the machine.
        """,
      example: "watch count(ready)",
      seeAlso: ["break", "assert", "breaks", "continue"],
      options: BreakpointOptions.manual,
      completion: [.words(["count(", "state(", "status(", "tick"]), .nothing]
    )

    static let takesExpressions = true

    static let reference = Reference(demonstration: ["spawn clock", "watch count(ready)"])

    struct Result: CommandResult, ResultObject {
      let number: Int
      let what: String
      let value: String

      static let fields: [ResultField<Self>] = [
        .number("breakpoint", "its number") { $0.number },
        .text("what", "when it stops, in words") { $0.what },
        .text("value", "the present value") { $0.value },
      ]

      func text(in look: Look) -> String {
        "watchpoint \(number): \(what); it is \(excerpt(of: value))"
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let optionWords = try OptionWords(invocation, manual)
      let words = optionWords.operands.map { invocation.arguments[$0] }
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
          "'\(first.text)' is not a value to watch",
          at: first.range,
          hint: "`break \(spec)` stops there; values are such as count(ready) or state(3)"
        )
      }
      let expression = try invocation.expression(words, isCondition: false, shell.scheduler)
      let options = try BreakpointOptions(optionWords, in: shell.commands)
      let what = "\(expression.text) changes"
      let number = shell.session.setBreakpoint(
        .changes(expression.value),
        BreakpointNote(
          kind: .watchpoint,
          what: what,
          label: expression.text,
          commands: options.commands
        ),
        isTemporary: options.isTemporary,
        ignoreCount: options.ignoreCount,
        isLogging: options.isLogging
      )
      return Result(number: number, what: what, value: expression.value(shell.scheduler))
    }
  }
}
