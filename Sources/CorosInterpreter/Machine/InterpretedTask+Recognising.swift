import CorosKernel

// What explorers ask.

extension InterpretedTask {
  /// It begins as it goes on after any other act.
  static var ignoresStart: Bool { true }

  /// Hashes where it goes on, and what it still needs of what it knows.
  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(ObjectIdentifier(code))
    code.liveRegisters.hash(frame, at: pc, isMet: isMet, hasActed: hasActed, into: &hasher)
    let isUsual =
      leaving.isEmpty && deadline < 0 && cancellation == nil && failing == nil
    if isUsual { return true }
    hasher.combine(-1)
    hasher.combine(leaving)
    hasher.combine(deadline)
    hasher.combine(cancellation)
    hasher.combine(failing)
    return true
  }

  func prospect(isWaiting: Bool) -> Prospect? {
    code.prospects.prospect(at: pc, isMet: isMet, isWaiting: isWaiting)
  }
}
