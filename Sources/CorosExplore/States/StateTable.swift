/// The numbers of known states, each with its place in the order in which they were found.
///
/// Open addressing over the fingerprints themselves: 16 bytes an entry, at most half of the entries in use.
struct StateTable {
  private struct Entry {
    var key: Int
    /// One more than the state's number; 0 stands for no state.
    var place: Int
  }

  private var entries = ContiguousArray(repeating: Entry(key: 0, place: 0), count: 1 << 10)
  private(set) var count = 0

  /// The number of a state.
  ///
  /// - Returns: the number, and whether the state was not known.
  @inline(__always)
  mutating func insert(_ key: Int) -> (state: Int, isNew: Bool) {
    if count * 2 >= entries.count { grow() }
    var place = key & (entries.count - 1)
    while entries[place].place != 0 {
      if entries[place].key == key { return (entries[place].place - 1, false) }
      place = (place + 1) & (entries.count - 1)
    }
    entries[place] = Entry(key: key, place: count + 1)
    count += 1
    return (count - 1, true)
  }

  private mutating func grow() {
    let old = entries
    entries = ContiguousArray(repeating: Entry(key: 0, place: 0), count: old.count * 2)
    for entry in old where entry.place != 0 {
      var place = entry.key & (entries.count - 1)
      while entries[place].place != 0 { place = (place + 1) & (entries.count - 1) }
      entries[place] = entry
    }
  }
}
