import CorosKernel

/// Sets a breakpoint.
enum SetBreakpoint: ShellCommand {
  static let manual = Manual(
    name: "break",
    summary: "stop where something happens",
    usage: "break SPEC [OPTION ...]",
    group: .stops,
    details: """
      `run`, `continue`, `step`, `wait` and live mode stop after the step in which it happened, and say \
      what did; `rcontinue` goes back to the last time it had. SPEC is one of
        WHO                    a task has run: its id, or the name of a program or task
        run WHO                the same, also for names that nobody has yet, and `any`
        spawn [NAME]           a task has created one
        call CALL [TEXT ...]   a system call, with TEXT in its arguments: `call Sleep 10`
        state TID STATE        a task enters a state, as `ps` shows it
        exit [WHO] [STATUS]    a task has ended; STATUS is an exit code, killed or failed
        kill [WHO]             a task has killed one
        write [TEXT]           a task has written a text with TEXT in it
        tick N                 the clock has come to tick N, or jumped over it
        deadlock               no task can ever run again
        when EXPRESSION        something holds that did not before; see `assert`
      Breakpoints stay where one goes in time, and after `reset`; `back` and `goto` pass over them. An \
      expression is asked after each step. What stands in variables is taken when the breakpoint is set, \
      but in COMMANDS when they are run.
      """,
    example: "break call Sleep --once",
    seeAlso: ["watch", "continue", "rcontinue", "breaks", "delete"],
    options: Shell.breakpointOptions + [
      .init("--by", "WHO", "for call and write: only what this task does")
    ],
    completion: [.stopPoint, .words(EventWords.calls)]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    let options = try OptionWords(invocation, manual)
    let spec = try BreakpointSpecParser(invocation, options, manual, shell).spec()
    let words = options.operands.map { invocation.arguments[$0].text }
    let number = try shell.setBreakpoint(
      .breakpoint,
      spec.point,
      what: spec.what,
      label: excerpt(of: words.dropFirst().joined(separator: " "), limit: 200),
      options
    )
    shell.report([
      "command": "break", "breakpoint": .int(number), "what": .string(spec.what),
    ]) {
      "breakpoint \(number): \(spec.what)" + (spec.remark.map { "\n  \($0)" } ?? "")
    }
  }
}
