import CorosHistory
import CorosInsight
package import CorosKernel
package import CorosLanguage
package import CorosSession

// Running the machine for a command.

extension Shell {
  /// Makes a request to the session for a command.
  ///
  /// - Parameters:
  ///   - invocation: The command, for failures.
  ///   - request: The request.
  /// - Returns: The answer.
  /// - Throws: Why there is none.
  package func ask<Answer>(
    _ invocation: Invocation,
    _ request: (Session) throws(RequestFailure) -> Answer
  ) throws(CommandFailure) -> Answer {
    try ask(at: invocation.name.range, request)
  }

  /// Makes a request that may take long; a person sees how far it is, and may end it with Ctrl-C.
  package func ask<Answer>(
    at range: SourceRange?,
    _ request: (Session) throws(RequestFailure) -> Answer
  ) throws(CommandFailure) -> Answer {
    defer { monitor.flush() }
    waiting.begin { [host, session] in
      let (done, all) = (session.machine.replayedMoment, session.machine.moment)
      host.showProgress(
        "looking at the past: \(grouped(done)) of \(groupedCount(all, "step")) (Ctrl-C gives up)"
      )
    }
    defer {
      waiting.end()
      host.showProgress(nil)
    }
    do throws(RequestFailure) {
      return try request(session)
    } catch {
      monitor.flush()
      throw failure(of: error, at: range)
    }
  }

  /// The failure of a command that was interrupted.
  package var interruption: CommandFailure {
    CommandFailure(interrupted: OutcomeWords.sentence(.conditionMet, scheduler))
  }

  /// The failure of a request, for the user.
  package func failure(of failure: RequestFailure, at range: SourceRange? = nil) -> CommandFailure {
    switch failure {
    case .interrupted: interruption
    case .deadlock(let deadlock): CommandFailure(deadlock, session.suspicions(behind: deadlock))
    case .stalled(let outcome): CommandFailure(OutcomeWords.sentence(outcome, scheduler))
    case .refused(let message): CommandFailure(message, at: range)
    case .reachesOutside(let message):
      CommandFailure(
        message,
        at: range,
        hint: "go back to before it, end that task, or `reset`; without a world `--sandbox` begins"
      )
    case .badArguments(let error):
      CommandFailure(excerpt(of: error.message, limit: 200), at: range, hint: error.hint)
    case .noRoom(let count, let room):
      CommandFailure(
        "\(counted(count, "task")) would be too many: there is room for \(room)",
        at: range,
        hint: Self.hintForRoom
      )
    case .unreachable(let reason): CommandFailure(reason, at: range)
    case .diverged(let divergence): Self.failure(of: divergence, at: range)
    }
  }

  /// The hint when the limit allows no more tasks.
  package static let hintForRoom =
    "`kill` or `reset` makes room, and `limit tasks N` raises the limit"

  /// The tasks that a command names, by ids, names, ranges or `all`: the operator is not among them.
  package func tasks(
    namedBy invocation: Invocation,
    _ manual: Manual,
    hint: String = Invocation.hintWithoutTask
  ) throws(CommandFailure) -> [TaskID] {
    if invocation.arguments.isEmpty { throw invocation.needsTask(manual, hint: hint) }
    var tids: [TaskID] = []
    for index in invocation.arguments.indices {
      let named = try invocation.tids(index, in: self)
      if named == [.operator] { throw Self.isOperator(invocation.arguments[index]) }
      tids += named
    }
    return tids
  }

  /// Reads an argument as a task id other than the operator's.
  package func task(_ index: Int, _ invocation: Invocation) throws(CommandFailure) -> TaskID {
    let tid = try invocation.tid(index, in: self)
    if tid == .operator { throw Self.isOperator(invocation.arguments[index]) }
    return tid
  }

  private static func isOperator(_ argument: Argument) -> CommandFailure {
    CommandFailure(
      "task 0 is you, the operator",
      at: argument.range,
      hint: "tasks are counted from 1"
    )
  }
}

extension CommandFailure {
  /// The failure of a journey whose destination cannot be reached.
  package init(_ reason: Unreachable, at range: SourceRange?) {
    let (message, hint) = TravelWords.failure(reason)
    self.init(message, at: range, hint: hint)
  }

  /// The failure of a run that ended in a deadlock.
  package init(_ deadlock: Deadlock, _ suspicions: [String]) {
    let (message, hint) = OutcomeWords.deadlock(deadlock, suspicions)
    self.init(message, hint: hint)
  }
}
