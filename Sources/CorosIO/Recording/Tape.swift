/// All that came in on one branch, in order.
struct Tape {
  private(set) var entries: [TapeEntry] = []
  /// About how many bytes it takes to keep them.
  private(set) var size = 0

  mutating func append(_ entry: TapeEntry) {
    entries.append(entry)
    size += entry.size
  }

  /// What had come in up to a place.
  func prefix(_ count: Int) -> Tape {
    var result = Tape()
    for entry in entries.prefix(count) { result.append(entry) }
    return result
  }
}
