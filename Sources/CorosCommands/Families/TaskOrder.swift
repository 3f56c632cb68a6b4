import CorosKernel
import CorosSession
import CorosShell

/// A command that gives an order to each named task: `kill`, `stop`, `resume`.
protocol TaskOrder: ShellCommand where Result: OrderResult {
  /// The hint for a user who named no task.
  static var hintWithoutTask: String { get }

  /// Gives the order.
  static func order(_ tid: TaskID, in session: Session) throws(RequestFailure) -> OrderOutcome
}

extension TaskOrder {
  static var hintWithoutTask: String { Invocation.hintWithoutTask }

  static func run(
    _ invocation: Invocation,
    in shell: Shell,
    results: Results<Result>
  ) throws(CommandFailure) {
    let tids = try shell.tasks(namedBy: invocation, manual, hint: hintWithoutTask)
    if tids.isEmpty { results.remark("there is no such task: nothing to do") }
    for tid in tids {
      if shell.isInterrupted { throw shell.interruption }
      let outcome = try shell.ask(invocation) { session throws(RequestFailure) in
        try order(tid, in: session)
      }
      results.add(Result(tid: tid, outcome: outcome, in: shell.session))
    }
  }
}

/// The result of an order to one task.
protocol OrderResult: CommandResult, ResultObject {
  init(tid: TaskID, outcome: OrderOutcome, in session: Session)
}

extension OrderResult {
  static var occasion: String { "One line for each TID:" }
}
