/// Names something that is to be done later: see ``KernelContext/after(_:_:)``.
public struct Alarm: Hashable, Sendable {
  let number: TimerQueue.Number
}

/// What is to be done at certain ticks, by whose timer.
///
/// The timers are the operator's: it is the one task that is always there.
struct AlarmTable {
  typealias Action = @Sendable (KernelContext) -> Void

  private var actions: [TimerQueue.Number: Action] = [:]

  var isEmpty: Bool { actions.isEmpty }
  var count: Int { actions.count }

  func holds(_ timer: TimerQueue.Number, in slot: Slot) -> Bool {
    slot == .operator && actions[timer] != nil
  }

  mutating func add(_ action: @escaping Action, at timer: TimerQueue.Number) {
    actions[timer] = action
  }

  /// Takes out what is to be done; nil when there is nothing, or it was called off.
  mutating func take(_ timer: TimerQueue.Number) -> Action? { actions.removeValue(forKey: timer) }
}
