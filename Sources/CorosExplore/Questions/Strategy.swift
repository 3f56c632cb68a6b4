/// How schedules are chosen from all that there are.
public enum Strategy: Hashable, Sendable {
  /// Whatever suits the machine: all states where they can be recognised, else all classes.
  case auto
  /// At each step any ready task, with equal chances.
  case random
  /// A task with a chance in proportion to the steps that it still has before it.
  case urw
  /// The task whose next step has the highest of some random priorities, drawn again after conflicts.
  case pos
  /// The task with the highest random priority, which falls at `depth - 1` random steps.
  case pct(depth: Int)
  /// Several of those in turn.
  case mix
  /// All schedules in which at most so often a task loses the CPU that could have gone on.
  case bound(preemptions: Int)
  /// All schedules that differ in at most so many delays from one in which each task runs on.
  case delay(delays: Int)
  /// All schedules.
  case dfs
  /// One schedule of each class, or a few.
  ///
  /// Calls that would wait are not tried, but with `attempts`.
  case dpor(attempts: Bool)
  /// The same with less memory: some runs are begun that turn out to be of a class that was tried.
  case source(attempts: Bool)
  /// All states, each once.
  case states
  /// The states that are left when all is merged that makes no difference to how runs can end.
  ///
  /// A step that nobody can tell is made at once, a task is not chosen where it could only wait, and tasks with the same
  /// values count as the same where no program and no property tells them apart. What goes wrong in `states` goes wrong
  /// here, but of tasks that are alike only one may be named. Schedules are not counted. Where the time or chance plays a
  /// part, or a task is no typed program, it is `states`.
  case merged
}

extension Strategy {
  /// One schedule of each class; calls that would wait are not tried.
  public static var dpor: Strategy { .dpor(attempts: false) }
}

extension Strategy: CustomStringConvertible {
  /// Its name, as it is typed.
  public var name: String {
    switch self {
    case .auto: "auto"
    case .random: "random"
    case .urw: "urw"
    case .pos: "pos"
    case .pct: "pct"
    case .mix: "mix"
    case .bound: "bound"
    case .delay: "delay"
    case .dfs: "dfs"
    case .dpor: "dpor"
    case .source: "source"
    case .states: "states"
    case .merged: "merged"
    }
  }

  /// Its name and its setting.
  public var description: String {
    switch self {
    case .pct(let depth): "pct depth=\(depth)"
    case .bound(let preemptions): "bound preemptions=\(preemptions)"
    case .delay(let delays): "delay delays=\(delays)"
    default: name
    }
  }

  /// Whether it draws schedules at random, so that it never comes to an end.
  public var isSampler: Bool {
    switch self {
    case .random, .urw, .pos, .pct, .mix: true
    case .auto, .bound, .delay, .dfs, .dpor, .source, .states, .merged: false
    }
  }

  /// Its bound, if it has one: the most preemptions or delays.
  public var bound: Int? {
    switch self {
    case .bound(let bound), .delay(let bound): bound
    default: nil
    }
  }
}
