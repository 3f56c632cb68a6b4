/// Decides when a slice of idle work runs, by a clock that is handed in.
///
/// Work that ran only when no key is there would starve under fast typing, and a slice before each
/// key would make a long paste crawl. So keys come first, and work that is due has waited for keys
/// no longer than `patience`.
struct IdlePacer {
  /// The nanoseconds that due work lets keys go first.
  static let patience: UInt64 = 20_000_000

  private var due: UInt64? = 0

  /// Whether a slice should run now, when no key waits.
  func isDue(at now: UInt64) -> Bool {
    due.map { $0 <= now } ?? false
  }

  /// Whether a slice should run now even though a key waits.
  func isOverdue(at now: UInt64) -> Bool {
    due.map { $0 + Self.patience <= now } ?? false
  }

  /// The milliseconds to wait for a key: 0 when a slice is due, -1 (for ever) when none will be.
  func timeout(at now: UInt64) -> Int32 {
    guard let due else { return -1 }
    guard due > now else { return 0 }
    return Int32(clamping: (due - now + 999_999) / 1_000_000)
  }

  /// Takes note of what a slice asked for.
  mutating func ran(_ next: NextSlice, at now: UInt64) {
    switch next {
    case .immediately: due = now
    case .after(let milliseconds):
      // A day stands for ever, and no sum of times overflows.
      due = now + UInt64(min(max(milliseconds, 0), 86_400_000)) * 1_000_000
    case .whenKeyPressed: due = nil
    }
  }

  /// Takes note that the person did something: work that waited for it is due.
  mutating func keyPressed(at now: UInt64) {
    if due == nil { due = now }
  }
}
