package import CorosKernel

// The figures of an object up to now, present waits and holds included.

extension SharedThing {
  /// The ticks that tasks have waited for it.
  package func waited(at now: Tick) -> Tick {
    stands.reduce(waited) { $0 + now - $1.since }
  }

  /// The ticks for which tasks have held it.
  package func held(at now: Tick) -> Tick {
    holds.reduce(held) { $0 + now - $1.since }
  }

  /// The longest wait; of equal ones the first.
  package func longestWait(at now: Tick) -> Record? {
    stands.reduce(longestWait) { longest, stand in
      Self.longer(longest, Record(task: stand.task, from: stand.since, ticks: now - stand.since))
    }
  }

  /// The longest hold; of equal ones the first.
  package func longestHold(at now: Tick) -> Record? {
    holds.reduce(longestHold) { longest, hold in
      Self.longer(longest, Record(task: hold.task, from: hold.since, ticks: now - hold.since))
    }
  }

  /// The ticks that a wait took, on average.
  package func meanWait(at now: Tick) -> Rounded {
    Rounded(contended == 0 ? nil : Double(waited(at: now)) / Double(contended), places: 2)
  }

  /// Whether tasks can hold it, as far as has been seen.
  package var isHeldAtTimes: Bool { longestHold != nil || !holds.isEmpty }

  private static func longer(_ record: Record?, _ other: Record) -> Record {
    guard let record, record.ticks >= other.ticks else { return other }
    return record
  }
}
