import CorosInsight
import CorosLanguage
import CorosSession

extension Commands {
  /// Sets a breakpoint.
  enum Break: SimpleCommand {
    static let manual = Manual(
      name: "break",
      summary: "stop where something happens",
      usage: "break SPEC [OPTION ...]",
      group: .breakpoints,
      details: """
        `run`, `continue`, `step`, `wait` and live mode stop after the step in which it happens, and say \
        what happened; `rcontinue` goes back to the previous time. SPEC is one of:
          TASK                   a task runs: a task id, or the name of a program or task
          run TASK               the same, also for a name that no task has yet, and `any`
          spawn [NAME]           a task is created
          call CALL [TEXT ...]   a system call with TEXT in its arguments: `call Sleep 10`
          state TID STATE        a task enters a state, as `ps` shows it
          exit [TASK] [STATUS]   a task ends; STATUS is an exit code, killed or failed
          kill [TASK]            a task is killed
          write [TEXT]           a task writes a text that contains TEXT
          tick N                 the clock reaches tick N
          deadlock               no task can ever run again
          when EXPRESSION        an expression becomes true; see `assert`
        Breakpoints stay when you travel in time, and after `reset`; `back` and `goto` pass over them. An \
        expression is evaluated after each step. Variables in it are replaced when the breakpoint is set; \
        variables in COMMANDS are replaced when the commands run.
        """,
      example: "break call Sleep --once",
      seeAlso: ["watch", "continue", "rcontinue", "breaks", "delete"],
      options: BreakpointOptions.manual + [
        .init("--by", "WHO", "for call and write: only what this task does")
      ],
      completion: [.stopPoint, .words(EventWords.calls)]
    )

    static let reference = Reference(
      notes: """
        Each TEXT of `call` is looked for in the call's arguments as a whole word; that of `write` letter for \
        letter. `state TID STATE` stops, too, where a task begins another wait of the same kind; `running` is \
        to have got the CPU. With `--ignore N` the first N hits are passed over, with `--once` the breakpoint \
        is gone after its first stop, and with `--do` COMMANDS are run at each stop.

        Commands that stop at another breakpoint have that one's commands run after their own, not within \
        them, and at most 10000 stops follow from one command that was typed. One that fails is told of as of \
        a script called `breakpoint N`; the rest run as a script's would, and the command that stopped fails \
        when all is done.

        Breakpoints are the session's, not the past's: they stay wherever one goes in time, on every branch, \
        and after `reset` and `load`; no journal has them. `back`, `forward`, `goto` and `replay` pass over \
        them, and what you do yourself between two steps hits none.
        """,
      demonstration: ["break call Sleep 10"]
    )

    struct Result: CommandResult, ResultObject {
      let number: Int
      /// A sentence without a full stop.
      let what: String
      /// What else the person had better know.
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
        ignoreCount: options.ignoreCount
      )
      return Result(number: number, what: spec.what, remark: spec.remark)
    }
  }
}
