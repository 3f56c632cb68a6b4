public import CorosKernel

/// What a breakpoint stops at: something that a move of the machine can do.
///
/// A move is a step, or a jump of the clock in which nobody ran; the machine stands still after it. What
/// somebody outside does between two moves is never stopped at.
public enum StopPoint {
  /// A task has run for a tick.
  case runs(TaskFilter)
  /// A task has been created.
  case spawned(TaskFilter)
  /// A task has made a system call of this name, in whose arguments each of these texts stands.
  ///
  /// A text counts when it stands there as whole words: `3` is found in `task 3`, and not in `task 30`.
  case calls(String, arguments: [String] = [], by: TaskFilter = .any)
  /// A task is in this state, and was not before the move, or has begun another wait of that kind.
  ///
  /// States are those that can be seen between two moves; `running` means that the task has got the CPU.
  case enters(TaskID, TaskState.Kind)
  /// A task has ended; in this way, if one is given.
  case ends(TaskFilter, Ending? = nil)
  /// A task has been killed.
  case killed(TaskFilter)
  /// A task has written a text that contains this one, byte for byte.
  case writes(String, by: TaskFilter = .any)
  /// The clock has come to this tick, or passed it in a jump.
  case tick(Tick)
  /// Nothing can ever run again, and tasks wait.
  case deadlock
  /// A condition holds that did not hold before the move.
  ///
  /// It is asked after each move, and once where a run begins; it must change nothing.
  case holds((Scheduler) -> Bool)
  /// A value, as a text, is another than before the move.
  ///
  /// It is asked for after each move, and once where a run begins; that must change nothing.
  case changes((Scheduler) -> String)

  /// How a task ends.
  public enum Ending: Hashable, Sendable {
    /// By itself, with this exit code.
    case exited(Int)
    /// Somebody killed it.
    case killed
    /// By an error that nobody caught.
    case failed

    func matches(_ status: ExitStatus) -> Bool {
      switch (self, status) {
      case (.exited(let wanted), .exited(let code)): wanted == code
      case (.killed, .killed), (.failed, .failed): true
      default: false
      }
    }
  }
}

extension StopPoint {
  /// The kinds of events that tell of it; none when the machine is looked at instead.
  var interests: Event.Kinds {
    switch self {
    case .spawned, .ends, .killed: .lives
    case .runs(.named): .dispatches
    case .calls: .calls
    case .writes: .output
    case .runs, .enters, .tick, .deadlock, .holds, .changes: []
    }
  }

  /// Whether it stops at an event.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - name: what its task is called; asked for only where it counts.
  /// - Returns: whether it does.
  func matches(_ event: Event, name: () -> String?) -> Bool {
    // Whose it is comes first: to search texts costs more.
    switch (self, event.action) {
    case (.spawned(let tasks), .spawned), (.killed(let tasks), .killed),
      (.runs(let tasks), .dispatched):
      tasks.contains(event.task, name)
    case (.ends(let tasks, let ending), .exited(let status)):
      tasks.contains(event.task, name) && ending?.matches(status) ?? true
    case (.calls(let wanted, let arguments, let tasks), .trapped(let call)):
      call.name == wanted && tasks.contains(event.task, name)
        && arguments.allSatisfy(call.arguments.hasWords)
    case (.writes(let text, let tasks), .wrote(let written)):
      tasks.contains(event.task, name) && written.hasBytes(of: text)
    default: false
    }
  }
}
