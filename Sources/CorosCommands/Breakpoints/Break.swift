import CorosInsight
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Sets a breakpoint.
  enum Break: SimpleCommand {
    static let manual = Manual(
      name: "break",
      summary: "stop where something happens",
      usage: "break SPEC [if CONDITION] [OPTION ...]",
      group: .breakpoints,
      details: """
        `run`, `continue`, `step`, `wait` and live mode stop after the step in which it happens, and say \
        what happened; `rcontinue` goes back to the previous time. SPEC is one of:
          TASK                   a task runs: a task id, or the name of a program or task
          PROGRAM:LINE           a task does something in that line of its typed program
          run TASK               the same, also for a name that no task has yet, and `any`
          spawn [NAME]           a task is created
          call CALL [TEXT ...]   a system call with TEXT in its arguments: `call Sleep 10`
          state TID STATE        a task enters a state, as `ps` shows it
          exit [TASK] [STATUS]   a task ends; STATUS is an exit code, killed or failed
          kill [TASK]            a task is killed
          write [TEXT]           a task writes a text that contains TEXT
          lock NAME              a task takes a lock or permit, waits for it, or gives it back
          tick N                 the clock reaches tick N
          deadlock               no task can ever run again
          when EXPRESSION        an expression becomes true; see `assert`
        and what `lints` find:
        \(reports)
        With `if CONDITION`, only when the condition holds after that step: `break exit if count(live) < 3`. \
        Breakpoints stay when you travel in time, and after `reset`; `back` and `goto` ignore them. An \
        expression is evaluated after each step. Variables in it are replaced when the breakpoint is set; \
        variables in COMMANDS are replaced when the commands run.
        """,
      example: "break call Sleep --once",
      seeAlso: ["watch", "continue", "rcontinue", "breaks", "delete"],
      options: BreakpointOptions.manual + [
        .init("--by", "WHO", "for call, write and lock: only by this task")
      ],
      completion: [.stopPoint, .words(EventWords.calls)]
    )

    static let takesExpressions = true

    static let reference = Reference(
      notes: """
        Each TEXT of `call` must be a whole word of the call's arguments; that of `write` is compared letter \
        for letter. `state TID STATE` also stops when a task begins another wait of the same kind; `running` \
        means that the task has got the CPU. With `--ignore N` the first N hits are ignored, with `--once` \
        the first stop removes the breakpoint, and with `--do` COMMANDS run at each stop.

        If these commands stop at another breakpoint, its commands run after them, not nested in them; one \
        typed command can lead to at most 10000 stops. A failure among them is reported as in a script \
        called `breakpoint N`; the rest run as a script's would, and the command that stopped fails when all \
        is done.

        Breakpoints belong to the session, not to the past: they stay when you travel in time, on every \
        branch, and after `reset` and `load`. No journal contains them. `back`, `forward`, `goto` and \
        `replay` ignore them, and what you do yourself between two steps hits none.
        """,
      demonstration: ["break call Sleep 10", "break circle"]
    )

    /// The lints, one a line.
    private static var reports: String {
      Lint.allCases.map { lint in
        let name = lint.rawValue
        return "  \(name)\(String(repeating: " ", count: max(1, 23 - name.count)))\(lint.summary)"
      }.joined(separator: "\n")
    }

    struct Result: CommandResult, ResultObject {
      let number: Int
      /// A sentence without a full stop.
      let what: String
      /// A further hint for the user.
      let remark: String?

      static let fields: [ResultField<Self>] = [
        .number("breakpoint", "its number") { $0.number },
        .text("what", "when it stops, in words") { $0.what },
      ]

      func text(in look: Look) -> String {
        "breakpoint \(number): \(what)" + (remark.map { "\n  \($0)" } ?? "")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let words = try OptionWords(invocation, manual)
      let spec = try BreakpointSpecParser(invocation, words, manual, shell).spec()
      let options = try BreakpointOptions(words, in: shell.commands)
      let typed = words.operands.dropFirst().map { invocation.arguments[$0].text }
      let number = shell.session.setBreakpoint(
        spec.point,
        BreakpointNote(
          kind: .breakpoint,
          what: spec.what,
          label: excerpt(of: typed.joined(separator: " "), limit: 200),
          commands: options.commands
        ),
        isTemporary: options.isTemporary,
        ignoreCount: options.ignoreCount,
        isLogging: options.isLogging,
        if: spec.condition
      )
      return Result(number: number, what: spec.what, remark: spec.remark)
    }
  }
}
