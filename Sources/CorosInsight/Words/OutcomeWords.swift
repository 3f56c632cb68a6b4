package import CorosKernel
import CorosLanguage

/// The reasons for which a run stops, in words for people and for programs.
package enum OutcomeWords {
  /// All the words.
  package static let words = [
    "stepped", "all finished", "idle", "undecided", "deadlock", "limit", "breakpoint",
    "interrupted", "failed check", "waiting",
  ]

  /// The value of `"stopped"` in JSON.
  package static func word(_ outcome: RunOutcome) -> String {
    switch outcome {
    case .allFinished: "all finished"
    case .idle, .stopped, .outside: "idle"
    case .undecided: "undecided"
    case .waiting: "waiting"
    case .deadlock: "deadlock"
    case .limitReached: "limit"
    case .conditionMet: "interrupted"
    case .failedCheck: "failed check"
    case .breakpoint: "breakpoint"
    }
  }

  /// Why a run ended.
  ///
  /// - Parameters:
  ///   - outcome: The outcome.
  ///   - scheduler: Whose it is.
  ///   - way: How to go on when the machine waits for the world; empty where it goes on by itself.
  /// - Returns: The sentence, without a full stop.
  package static func sentence(
    _ outcome: RunOutcome,
    _ scheduler: Scheduler,
    waitsOnBy way: String = "`run` serves it until Ctrl-C"
  ) -> String {
    let now = scheduler.now
    return switch outcome {
    case .allFinished where scheduler.endedTaskCount == 0: "no tasks; `spawn PROGRAM` makes one"
    case .allFinished: "all finished at tick \(now)"
    case .idle(let tick): "nothing is ready before tick \(tick); the clock stands at \(now)"
    case .deadlock: "deadlock at tick \(now)"
    case .stopped(let tasks):
      "nothing can run at tick \(now): \(list(tasks)) stopped\(kept(by: tasks, scheduler)); "
        + wayOut(tasks)
    case .waiting(let tasks):
      "the machine waits for the world at tick \(now): \(waits(tasks))"
        + (way.isEmpty ? "" : "; \(way)")
    case .outside(let tasks): "nothing can run at tick \(now): \(list(tasks)) outside the kernel"
    case .undecided(let tasks):
      "nothing runs at tick \(now): \(list(tasks)) ready, and the policy chooses none"
        + (scheduler.isUndecided ? "; `pick TID` does" : "")
    case .limitReached: "the clock stands at \(now), as asked"
    case .conditionMet: "interrupted at tick \(now)"
    case .failedCheck(let message): "\(message), at tick \(now)"
    case .breakpoint: "stopped at tick \(now)"
    }
  }

  /// With more tasks than this, only their number is shown.
  private static let shown = 20

  /// For what some tasks wait: `h1 (listener 127.0.0.1:8080)`.
  private static func waits(_ tasks: [BlockedTask]) -> String {
    var places: [String] = []
    for task in tasks where !places.contains("\(task.reason)") { places.append("\(task.reason)") }
    return TaskWords.listed(places.prefix(shown).map { excerpt(of: $0) }, of: places.count)
  }

  private static func list(_ tasks: [TaskID]) -> String {
    if tasks.count == 1 { return "task \(tasks[0]) is" }
    let text = tasks.prefix(shown).map(\.description).joined(separator: ", ")
    return "tasks \(text)" + (tasks.count > shown ? " and \(tasks.count - shown) more are" : " are")
  }

  /// What stopped tasks hold that others wait for: `, and holds m, for which tasks 2 and 3 wait`.
  private static func kept(by tasks: [TaskID], _ scheduler: Scheduler) -> String {
    for task in tasks.prefix(shown) {
      guard let object = scheduler.held(by: task).first(where: { !$0.waiters.isEmpty }) else {
        continue
      }
      let waiters = TaskWords.listed(object.waiters.map(\.task)) { "\($0)" }
      let who = tasks.count == 1 ? "and" : "task \(task)"
      let wait = object.waiters.count == 1 ? "task \(waiters) waits" : "tasks \(waiters) wait"
      return ", \(who) holds \(excerpt(of: object.name)), for which \(wait)"
    }
    return ""
  }

  private static func wayOut(_ tasks: [TaskID]) -> String {
    if tasks.count > shown { return "`resume TID ...` lets them go on" }
    let tids = tasks.map(\.description).joined(separator: " ")
    return "`resume \(tids)` lets \(tasks.count == 1 ? "it" : "them") go on"
  }

  /// A deadlock: which task waits for which, what is likely behind it, and the way out.
  package static func deadlock(
    _ deadlock: Deadlock,
    _ suspicions: [String]
  ) -> (message: String, hint: String) {
    var text = "deadlock: no task can ever run again"
    for task in deadlock.blocked.prefix(shown) {
      text += "\n  task \(task.tid) (\(excerpt(of: task.name))) waits for "
      text += EventWords.waiting(for: task.reason, until: nil)
      if let holder = task.holders.first { text += ", which task \(holder) holds" }
      if !task.holds.isEmpty {
        text += "; it holds \(task.holds.map { excerpt(of: $0) }.joined(separator: ", "))"
      }
    }
    if deadlock.blocked.count > shown { text += "\n  and \(deadlock.blocked.count - shown) more" }
    for circle in deadlock.circles.prefix(shown) {
      text += "\n  in a circle: \(ring(circle, deadlock))"
    }
    for suspicion in suspicions { text += "\n  \(suspicion)" }
    return (text, wayOut(of: deadlock))
  }

  /// The tasks of a circle, and what each holds that the one before it wants: `1 → B → 2 → A → 1`.
  private static func ring(_ circle: [TaskID], _ deadlock: Deadlock) -> String {
    let reasons = Dictionary(uniqueKeysWithValues: deadlock.blocked.map { ($0.tid, $0.reason) })
    let links = circle.map { tid -> String in
      guard case .object(let place)? = reasons[tid] else { return "\(tid) → " }
      return "\(tid) → \(excerpt(of: place.name)) → "
    }
    return links.joined() + (circle.first?.description ?? "")
  }

  /// Which task to kill, and who can go on then.
  private static func wayOut(of deadlock: Deadlock) -> String {
    guard let victim = deadlock.circles.first?.first ?? deadlock.blocked.first?.tid else {
      return ""
    }
    let heir = deadlock.blocked.first { $0.holders.contains(victim) }
    guard case .object(let place)? = heir?.reason, let heir else {
      let isShared = if case .object? = deadlock.blocked.first?.reason { true } else { false }
      return isShared
        ? "`why \(victim)` tells more, and `kill \(victim)` ends it"
        : "`kill \(victim)` releases its waiters"
    }
    return "`kill \(victim)` passes \(excerpt(of: place.name)) on to task \(heir.tid)"
  }
}
