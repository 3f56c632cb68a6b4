/// The cancel scopes that a task is in, the outermost first; the first is its body, and is there when it is needed.
struct CancelScopes {
  struct Scope {
    let number: Int
    /// Whether cancellations from outside do not reach what is inside.
    let isShield: Bool
    var timer: TimerQueue.Number?
    /// Set when it was cancelled.
    var cause: Cancelled?
  }

  private(set) var scopes: ContiguousArray<Scope> = []
  private var lastNumber = 0

  /// The outermost of the cancelled scopes that reach the task: no shield is between them and where it is.
  var pending: Cancelled? {
    var pending: Cancelled?
    for scope in scopes.reversed() {
      if let cause = scope.cause { pending = cause }
      if scope.isShield { break }
    }
    return pending
  }

  /// The cancellation of the body, if it was cancelled.
  var ofBody: Cancelled? { scopes.first?.cause }

  /// Whether any scope was cancelled.
  var isCancelled: Bool { scopes.contains { $0.cause != nil } }

  /// Whether the time of a scope, or a cancellation, can end waits of the task, now or behind a shield.
  var mayEndWaits: Bool {
    if isCancelled { return true }
    for scope in scopes.reversed() {
      if scope.timer != nil { return true }
      if scope.isShield { return false }
    }
    return false
  }

  func holds(_ timer: TimerQueue.Number) -> Bool { scopes.contains { $0.timer == timer } }

  /// Whether a cancellation of the scope with that timer would reach the task.
  func reaches(_ timer: TimerQueue.Number) -> Bool {
    for scope in scopes.reversed() {
      if scope.timer == timer { return true }
      if scope.isShield { return false }
    }
    return false
  }

  mutating func open(isShield: Bool, timer: TimerQueue.Number?) -> Int {
    openBody()
    lastNumber += 1
    scopes.append(Scope(number: lastNumber, isShield: isShield, timer: timer))
    return lastNumber
  }

  /// Leaves a scope, and those inside it; nil when the task is not in it.
  mutating func close(_ number: Int) -> ArraySlice<Scope>? {
    guard number > 0, let index = scopes.firstIndex(where: { $0.number == number }) else {
      return nil
    }
    let closed = ArraySlice(scopes[index...])
    scopes.removeSubrange(index...)
    return closed
  }

  /// Notes that a scope is cancelled; false when it was already, or there is none.
  mutating func cancel(_ number: Int, by canceller: TaskID, _ reason: String) -> Bool {
    openBody()
    guard let index = scopes.firstIndex(where: { $0.number == number }), scopes[index].cause == nil
    else { return false }
    scopes[index].cause = Cancelled(by: canceller, reason: reason, scope: number)
    return true
  }

  /// Notes that a scope's time is up, for which its timer was armed; its number.
  mutating func expire(_ timer: TimerQueue.Number) -> Int? {
    guard let index = scopes.firstIndex(where: { $0.timer == timer }) else { return nil }
    scopes[index].timer = nil
    return scopes[index].number
  }

  /// Becomes the same as others.
  mutating func become(_ other: CancelScopes) {
    renew(&scopes, from: other.scopes)
    lastNumber = other.lastNumber
  }

  private mutating func openBody() {
    if scopes.isEmpty { scopes.append(Scope(number: 0, isShield: false)) }
  }
}
