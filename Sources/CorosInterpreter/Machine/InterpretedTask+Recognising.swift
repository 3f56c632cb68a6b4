import CorosKernel

// What explorers ask.

extension InterpretedTask {
  /// Hashes where it goes on, and what it still needs of what it knows.
  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(ObjectIdentifier(code))
    let live = code.liveRegisters
    let isUsual =
      leaving.isEmpty && deadline < 0 && cancellation == nil && failing == nil
    hasher.combine(
      Int(live.mark(of: pc, isMet: isMet)) << 2 | (hasActed ? 2 : 0) | (isUsual ? 1 : 0)
    )
    live.hash(frame, at: pc, isMet: isMet, into: &hasher)
    if isUsual { return true }
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
