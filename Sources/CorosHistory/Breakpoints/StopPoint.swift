public import CorosKernel

/// What a breakpoint stops at: something that a move of the machine can do.
///
/// A move is a step, or a jump of the clock in which no task ran; the machine stops after it. What the
/// operator does between two moves stops nothing.
public enum StopPoint {
  /// A task runs for a tick.
  case runs(TaskFilter)
  /// A task is created.
  case spawned(TaskFilter)
  /// A task makes a system call of this name, whose arguments contain each of these texts.
  ///
  /// Only whole words count: `3` is found in `task 3`, and not in `task 30`.
  case calls(String, arguments: [String] = [], by: TaskFilter = .any)
  /// A task makes a system call in this line of its text.
  case line(Int, of: TaskFilter)
  /// A task enters this state, or begins another wait of that kind.
  ///
  /// States are compared between two moves, with all done that is due at the tick; where tasks are async functions,
  /// what is due is seen only when it happens, and a task that wakes may have run at once. `running` means that the task
  /// got the CPU.
  case enters(TaskID, TaskState.Kind)
  /// A task ends; in this way, if one is given.
  case ends(TaskFilter, Ending? = nil)
  /// A task is killed.
  case killed(TaskFilter)
  /// A task writes a text that contains this one, byte for byte.
  case writes(String, by: TaskFilter = .any)
  /// A task takes an object of this name, waits for it, gives it back, or notifies it.
  case shares(String, by: TaskFilter = .any)
  /// A recorder of the machine finds something of this kind: see ``Finder``.
  case finds(String)
  /// The clock reaches this tick, or passes it in a jump.
  case tick(Tick)
  /// No task can ever run again, and some wait.
  case deadlock
  /// A condition becomes true.
  ///
  /// It is evaluated after each move, with all done that is due at the tick, and once where a run begins; where tasks
  /// are async functions, when tasks have woken, too. It must change nothing.
  case holds((Scheduler) -> Bool)
  /// A value, as a text, changes.
  ///
  /// It is evaluated after each move, with all done that is due at the tick, and once where a run begins; where tasks
  /// are async functions, when tasks have woken, too. That must change nothing.
  case changes((Scheduler) -> String)

  /// How a task ends.
  public enum Ending: Hashable, Sendable {
    /// By itself, with this exit code.
    case exited(Int)
    /// It was killed.
    case killed
    /// By an error that it did not catch.
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
  /// Whether recorders tell where it stops.
  var isFinding: Bool { if case .finds = self { true } else { false } }

  /// The kinds of events that it needs; none when the machine is compared instead.
  var interests: Event.Kinds {
    switch self {
    case .spawned, .ends, .killed: .lives
    case .runs(.named): .dispatches
    case .calls, .line: .calls
    case .writes: .output
    case .shares: [.sharing, .waits, .details]
    case .runs, .finds, .enters, .tick, .deadlock, .holds, .changes: []
    }
  }

  /// Whether it stops at an event.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - name: the name of its task; evaluated only where it counts.
  /// - Returns: whether it does.
  func matches(_ event: Event, name: () -> String?) -> Bool {
    // The task is checked first: searching texts costs more.
    switch (self, event.action) {
    case (.spawned(let tasks), .spawned), (.killed(let tasks), .killed),
      (.runs(let tasks), .dispatched):
      tasks.contains(event.task, name)
    case (.ends(let tasks, let ending), .exited(let status)):
      tasks.contains(event.task, name) && ending?.matches(status) ?? true
    case (.calls(let wanted, let arguments, let tasks), .trapped(let call)):
      call.name == wanted && tasks.contains(event.task, name)
        && arguments.allSatisfy(call.arguments.hasWords)
    case (.line(let line, let tasks), .trapped(let call)):
      call.line == line && tasks.contains(event.task, name)
    case (.writes(let text, let tasks), .wrote(let written)):
      tasks.contains(event.task, name) && written.hasBytes(of: text)
    case (.shares(let wanted, let tasks), let action):
      action.shares(wanted) && tasks.contains(event.task, name)
    default: false
    }
  }
}

extension Event.Action {
  /// Whether a task has to do with an object of that name.
  fileprivate func shares(_ name: String) -> Bool {
    switch self {
    case .acquired(let place, _), .released(let place), .abandoned(let place, _),
      .blocked(.object(let place), _), .detail(.took(let place)), .detail(.gave(let place)),
      .detail(.notified(let place, _)):
      place.name == name
    case .blocked(.anyOf(let places), _): places.contains { $0.name == name }
    default: false
    }
  }
}
