import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs to the next breakpoint.
  enum Continue: ShellCommand {
    static let manual = Manual(
      name: "continue",
      summary: "run to the next breakpoint",
      usage: "continue",
      group: .breakpoints,
      details: """
        The same as `run`, which also stops at breakpoints. In the past it follows the recorded future, and \
        goes on from its end. To let a stopped task continue, use `resume TID`.
        """,
      example: "continue",
      seeAlso: ["break", "rcontinue", "run", "resume"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn clock 10", "watch count(ready)", "continue"]
    )

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<RunReport>
    ) throws(CommandFailure) {
      if let argument = invocation.arguments.first {
        let isNumber = argument.text.utf8.allSatisfy(\.isASCIIDigit)
        throw manual.refusal(
          of: argument,
          hint: isNumber
            ? "`resume \(argument.text)` lets a stopped task go on, `run \(argument.text)` runs that many ticks"
            : nil
        )
      }
      shell.lastMove = manual.name
      if let missing = shell.session.missingBreakpoints {
        results.remark("\(missing.sentence): the same as `run`")
      }
      let report = shell.session.run()
      results.add(report)
      try report.requireSuccess()
    }
  }
}
