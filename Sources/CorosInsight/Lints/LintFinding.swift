package import CorosKernel
import CorosLanguage

/// A mistake that a lint has found.
package struct LintFinding: Hashable {
  package let lint: Lint
  package let task: TaskID
  package let tick: Tick
  /// The others that have to do with it, if there are any.
  package let others: [TaskID]
  /// What the objects are called that have to do with it.
  ///
  /// Of a circle: for each of its tasks, what it waits for, empty for the end of the next task. Of an order: the lock that
  /// is asked for, and those on the way to one that is held, which comes last.
  package let objects: [String]
  /// The ticks at which the others did something.
  package let ticks: [Tick]
  /// Of an orphan: whether what it held may be half changed.
  package let isHalfChanged: Bool
  /// Of handles: how many are open, and how many may be.
  package let used: Int
  package let limit: Int
  /// Whether it is the system that allows no more, whatever the limit of handles.
  package let isSystems: Bool

  /// Whether as many are open as may be.
  var isAtLimit: Bool { used >= limit }

  package init(
    lint: Lint,
    task: TaskID,
    tick: Tick,
    others: [TaskID] = [],
    objects: [String] = [],
    ticks: [Tick] = [],
    isHalfChanged: Bool = false,
    used: Int = 0,
    limit: Int = 0,
    isSystems: Bool = false
  ) {
    self.lint = lint
    self.task = task
    self.tick = tick
    self.others = others
    self.objects = objects
    self.ticks = ticks
    self.isHalfChanged = isHalfChanged
    self.used = used
    self.limit = limit
    self.isSystems = isSystems
  }

  /// What it means, and how to respond.
  package var advice: String {
    isSystems
      ? "close what is not needed any more, or start Coros from a shell in which `ulimit -n` allows more"
      : lint.advice
  }

  /// After how many ticks inversion is told of.
  package static let patienceForInversion = InversionWatch.patience

  /// The finding in words.
  package func sentence(_ scheduler: Scheduler) -> String {
    func name(_ task: TaskID) -> String {
      "task \(task)\(TaskWords.inParentheses(task, scheduler))"
    }
    let who = name(task)
    switch lint {
    case .spinning: return "\(who) only yields, and no other task runs"
    case .starving: return "\(who) has been ready for long, and has never run"
    case .circle: return "\(circleMembers) wait for one another: \(ring)"
    case .unseen:
      let parent = others.first.map(name) ?? "nobody"
      return "\(who) failed, and \(parent), which created it, has not asked how it ended"
    case .orphan: return "\(who) ended and held \(object(0))" + passage(name)
    case .order: return "\(who) " + orders(name)
    case .lost:
      return
        "\(who) waits for \(object(0)), and nobody may notify it any more: the last to do so, "
        + "\(others.first.map(name) ?? "a task") in tick \(ticks.first ?? 0), found no task waiting"
    case .inversion:
      return
        "\(who) waits for \(object(0)), held by \(others.first.map(name) ?? "a task"), which is ready and "
        + "does not run: \(others.last.map(name) ?? "another") has a priority between the two"
    case .handles where isSystems:
      return
        "\(who) gets no handle, since the system allows this process no more open files (`ulimit -n`): "
        + "\(used == 1 ? "1 handle is" : "\(used) handles are") open"
    case .handles where isAtLimit:
      return "\(who) waits until a handle is closed: as many are open as may be, \(limit)"
    case .handles: return "\(who) has opened one of the last handles: \(used) of \(limit) are open"
    }
  }

  private func object(_ index: Int) -> String {
    objects.indices.contains(index) ? excerpt(of: objects[index]) : "something"
  }

  // MARK: Circles

  /// With more tasks than this, the rest is left out.
  private static let shown = 11

  private var circleMembers: String { Self.members([task] + others) }

  /// `tasks 1, 2 and 3`.
  private static func members(_ tasks: [TaskID]) -> String {
    let tasks = Swift.Set(tasks).sorted()
    guard tasks.count > 1 else { return "task \(tasks.first ?? 0)" }
    guard tasks.count <= shown else { return "\(tasks.count) tasks" }
    let first = tasks.dropLast().map(\.description).joined(separator: ", ")
    return "tasks \(first) and \(tasks[tasks.count - 1])"
  }

  private var ring: String {
    var text = ""
    for (index, task) in ([task] + others).prefix(Self.shown).enumerated() {
      text += "\(task) → "
      if objects.indices.contains(index), !objects[index].isEmpty {
        text += "\(excerpt(of: objects[index])) → "
      }
    }
    return text + (others.count >= Self.shown ? "…" : "\(task)")
  }

  // MARK: Orphans and orders

  private func passage(_ name: (TaskID) -> String) -> String {
    guard isHalfChanged else { return "" }
    return others.first.map { ": it passes to \(name($0)), whose data may be half changed" }
      ?? ": it is free now, and what it protects may be half changed"
  }

  private func orders(_ name: (TaskID) -> String) -> String {
    let asks = "asks for \(object(0)) while it holds \(object(objects.count - 1))"
    guard others.count > 1 else {
      return asks + "; \(others.first.map(name) ?? "a task") took them the other way in tick "
        + "\(ticks.first ?? 0): they may deadlock"
    }
    let chain = objects.indices.prefix(Self.shown).map { object($0) }.joined(separator: " → ")
    let rest = others.count > Self.shown ? " and so on" : ""
    return asks + "; \(Self.members(others)) took them in the order \(chain)\(rest), in "
      + "ticks \(ticks.min() ?? 0) to \(ticks.max() ?? 0): they may deadlock"
  }
}
