import CorosKernel

/// The acts of a history that are redone when the steps are chosen anew, each before the step it came before.
///
/// Waiting is left out, and what chose the steps unless asked for.
struct ActSequence {
  private let actions: [History.Action]
  /// For each action, how many tasks had run before it.
  private let steps: [Int]
  private var next = 0

  /// Begins with the first act.
  ///
  /// - Parameters:
  ///   - history: the history.
  ///   - keepsChoosing: whether to redo what chose the steps: changes of policy, and picks.
  init(_ history: History, keepsChoosing: Bool = false) {
    actions = history.actions.filter { action in
      switch action.kind {
      case .act: true
      case .choosing: keepsChoosing
      case .seeding: action.moment > 0
      case .waiting: false
      }
    }
    let jumps = history.jumps
    var passed = 0
    steps = actions.map { action in
      while passed < jumps.count, jumps[passed].moment < action.moment { passed += 1 }
      return action.moment - passed
    }
  }

  /// The step before which the next act comes; nil when none is left.
  var nextStep: Int? { next < steps.count ? steps[next] : nil }

  /// Takes the acts that come before a step and have not been taken.
  mutating func take(before step: Int) -> ArraySlice<History.Action> {
    let first = next
    while next < actions.count, steps[next] <= step { next += 1 }
    return actions[first..<next]
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
