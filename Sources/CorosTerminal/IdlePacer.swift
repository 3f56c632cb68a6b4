/// Decides when a slice of idle work runs, by a clock that the caller passes in.
///
/// If idle work ran only when no key waits, fast typing would starve it; if a slice ran before each key, a
/// long paste would be slow. So keys come first, but due work waits at most `patience` for them.
struct IdlePacer {
  /// How long due work lets keys go first, in nanoseconds.
  static let patience: UInt64 = 20_000_000

  private var due: UInt64? = 0

  /// Whether a slice should run now if no key waits.
  func isDue(at now: UInt64) -> Bool {
    due.map { $0 <= now } ?? false
  }

  /// Whether a slice should run now even if a key waits.
  func isOverdue(at now: UInt64) -> Bool {
    due.map { $0 + Self.patience <= now } ?? false
  }

  /// How long to wait for a key, in milliseconds: 0 if a slice is due, -1 (forever) if none is scheduled.
  func timeout(at now: UInt64) -> Int32 {
    guard let due else { return -1 }
    guard due > now else { return 0 }
    return Int32(clamping: (due - now + 999_999) / 1_000_000)
  }

  /// Records when the slice that just ran wants to run again.
  mutating func ran(_ next: NextSlice, at now: UInt64) {
    switch next {
    case .immediately: due = now
    case .after(let milliseconds):
      // A day is as good as forever, and cannot overflow.
      due = now + UInt64(min(max(milliseconds, 0), 86_400_000)) * 1_000_000
    case .whenKeyPressed: due = nil
    }
  }

  /// Records that a key was pressed: work that waits for a key is now due.
  mutating func keyPressed(at now: UInt64) {
    if due == nil { due = now }
  }
}
