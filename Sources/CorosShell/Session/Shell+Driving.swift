import CorosKernel

// Making the machine run on a command's behalf.

extension Shell {
  /// Makes a system call as the operator, and runs tasks for as long as it blocks.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - command: The command that makes this call and nothing else, for the journal.
  ///   - invocation: The command as it was given, for failures.
  /// - Returns: The reply; nil stands for none, or where a breakpoint was hit before there was one.
  /// - Throws: What is wrong with the call, or why it came to nothing.
  func perform<Call: SystemCall>(
    _ call: Call,
    as command: String,
    _ invocation: Invocation
  ) throws(CommandFailure) -> Call.Reply? {
    defer {
      monitor.flush()
      live.wake()
    }
    do {
      return try machine.perform(call, label: command) { [monitor] _ in
        monitor.flush()
        return isInterrupted
      }
    } catch let stop as RunStopped {
      monitor.flush()
      // Where the machine stands is for the command to tell.
      if case .breakpoint = stop.outcome { return nil }
      throw failure(of: stop.outcome, invocation)
    } catch {
      throw CommandFailure(String(describing: error), at: invocation.name.range)
    }
  }

  /// Why a wait came to nothing.
  private func failure(of outcome: RunOutcome, _ invocation: Invocation) -> CommandFailure {
    switch outcome {
    case .deadlock(let deadlock): return OutcomeWords.failure(deadlock)
    case .conditionMet: return interruption
    default:
      return CommandFailure(OutcomeWords.sentence(outcome, scheduler))
    }
  }

  /// Does something with each task that a command names.
  func forEachTask(
    _ invocation: Invocation,
    _ manual: Manual,
    _ body: (TaskID) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    for tid in try tasks(namedBy: invocation, manual) { try body(tid) }
  }

  /// The tasks that a command names: at least one, and none of them the operator.
  func tasks(
    namedBy invocation: Invocation,
    _ manual: Manual
  ) throws(CommandFailure) -> [TaskID] {
    if invocation.arguments.isEmpty {
      throw invocation.needsTask(manual)
    }
    var tids: [TaskID] = []
    for index in invocation.arguments.indices { tids.append(try task(index, invocation)) }
    return tids
  }

  /// Reads an argument as the id of a task, which the operator is not.
  func task(_ index: Int, _ invocation: Invocation) throws(CommandFailure) -> TaskID {
    let tid = try invocation.tid(index, in: self)
    if tid == .operator {
      throw CommandFailure(
        "task 0 is you, the operator",
        at: invocation.arguments[index].range,
        hint: "tasks are counted from 1"
      )
    }
    return tid
  }

  /// What is said of a task that an order came too late for, or that there never was.
  func notAlive(_ tid: TaskID) -> String {
    if let task = scheduler.info(tid), let status = TaskWords.status(of: task) {
      return "task \(tid) has ended already (\(status))"
    }
    return "there is no task \(tid)"
  }
}
