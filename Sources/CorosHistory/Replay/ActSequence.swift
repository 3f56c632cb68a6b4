import CorosKernel

/// The acts of a history that are redone when the steps are chosen anew, in order.
///
/// Waiting is left out, and what chose the steps unless asked for.
struct ActSequence {
  /// An act, and where it comes.
  struct Entry {
    let action: History.Action
    /// How many tasks had run before it.
    let step: Int
    /// The tick at which it was done.
    let tick: Tick
    /// The tick at which it was done, where the CPU was idle before it; else nil.
    let idleUntil: Tick?
  }

  private let entries: [Entry]
  private var next = 0

  /// Begins with the first act.
  ///
  /// - Parameters:
  ///   - history: the history.
  ///   - end: the last moment of which acts are redone. Default: the last of all.
  ///   - keepsChoosing: whether to redo what chose the steps: changes of policy, and picks.
  init(_ history: History, through end: Int = .max, keepsChoosing: Bool = false) {
    let actions = history.actions.prefix { $0.moment <= end }.filter { action in
      switch action.kind {
      case .act: true
      case .choosing: keepsChoosing
      case .seeding: action.moment > 0
      case .waiting: false
      }
    }
    let jumps = history.jumps
    var passed = 0
    entries = actions.map { action in
      while passed < jumps.count, jumps[passed].moment < action.moment { passed += 1 }
      let isIdle = passed > 0 && jumps[passed - 1].moment == action.moment - 1
      return Entry(
        action: action,
        step: action.moment - passed,
        tick: history.ticks[action.moment],
        idleUntil: isIdle ? history.ticks[action.moment] : nil
      )
    }
  }

  /// The step before which the next act comes; nil when none is left.
  var nextStep: Int? { next < entries.count ? entries[next].step : nil }

  /// The tick at which the next act was done; nil when none is left.
  var nextTick: Tick? { next < entries.count ? entries[next].tick : nil }

  /// Takes the next act; nil when none is left.
  mutating func take() -> Entry? {
    guard next < entries.count else { return nil }
    next += 1
    return entries[next - 1]
  }

  /// Takes the next act, if it comes before a step.
  mutating func take(before step: Int) -> Entry? {
    guard let later = nextStep, later <= step else { return nil }
    return take()
  }
}

extension ActSequence.Entry {
  /// Lets the idle time pass that lay before the act, as far as the CPU is idle now.
  ///
  /// - Parameter scheduler: the scheduler.
  /// - Returns: the limit up to which the clock has moved; nil when it stands where it stood.
  func passIdleTime(on scheduler: Scheduler) -> Tick? {
    guard let idleUntil, scheduler.now < idleUntil else { return nil }
    let choice = scheduler.nextChoice
    let isIdle = choice.candidates.isEmpty || choice.tick > scheduler.now
    guard isIdle else { return nil }
    let limit = choice.task == nil ? idleUntil : min(idleUntil, choice.tick)
    let before = scheduler.now
    _ = scheduler.move(limit: limit)
    return scheduler.now > before ? limit : nil
  }
}

/// An act that could not be redone when the steps were chosen anew, and so was left out.
public struct RefusedAct: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the act is called.
  public let label: String
  /// Why it was refused.
  public let reason: String

  /// Describes such an act.
  public init(label: String, reason: String) {
    self.label = label
    self.reason = reason
  }

  /// The act and the reason, in a clause.
  public var description: String { "`\(label)` was refused: \(reason)" }
}

extension History.Action {
  /// Redoes the action where the steps are chosen anew, so that it need not go as it did.
  ///
  /// - Parameter scheduler: the scheduler.
  /// - Returns: how the action fails now; nil when it succeeds.
  /// - Throws: `RefusedAct` when it cannot be done; then it has changed nothing.
  func redoAnew(on scheduler: Scheduler) throws(RefusedAct) -> String? {
    do {
      return try redo(scheduler)
    } catch {
      throw RefusedAct(label: label, reason: String(describing: error))
    }
  }
}
