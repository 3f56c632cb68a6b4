import CorosKernel
import CorosSession

/// A command that gives an order to each task that it names: `kill`, `stop`, `resume`.
protocol TaskOrder: ShellCommand where Result: OrderResult {
  /// The way out for a person who named no task.
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
    for tid in tids {
      let outcome = try shell.ask(invocation) { session throws(RequestFailure) in
        try order(tid, in: session)
      }
      results.add(Result(tid: tid, outcome: outcome, in: shell.session))
    }
  }
}

/// What came of an order to one of the tasks.
protocol OrderResult: CommandResult, ResultObject {
  init(tid: TaskID, outcome: OrderOutcome, in session: Session)
}

extension OrderResult {
  static var occasion: String { "One line for each TID:" }
}
