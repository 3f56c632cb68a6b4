/// A priority queue of slots, smallest key first, from whose midst any slot can be taken.
///
/// A binary heap (Williams, "Algorithm 232: Heapsort", 1964) that knows at which place each slot stands.
/// Insertion and removal anywhere are O(log n), a look at the first O(1). Keys should differ; among
/// equal ones the order is none that anybody should count on.
struct SlotHeap<Key: Comparable> {
  private struct Entry {
    var key: Key
    let slot: Slot
  }

  private var entries = ContiguousArray<Entry>()
  /// Where each slot stands in `entries`; -1 for those that do not.
  private var places = SlotTable<Int32>(standard: -1)

  var isEmpty: Bool { entries.isEmpty }

  /// The slot with the smallest key, and that key.
  var first: (slot: Slot, key: Key)? {
    entries.first.map { ($0.slot, $0.key) }
  }

  /// The key of a slot; nil when the slot is not in the heap.
  func key(of slot: Slot) -> Key? {
    let place = places[slot]
    return place < 0 ? nil : entries[Int(place)].key
  }

  /// The slots by key, in O(n log n).
  var sorted: [Slot] {
    entries.sorted { $0.key < $1.key }.map(\.slot)
  }

  /// Puts in a slot that is not in the heap.
  mutating func insert(_ slot: Slot, _ key: Key) {
    places.makeRoom(for: slot)
    entries.append(Entry(key: key, slot: slot))
    settle(Entry(key: key, slot: slot), at: entries.count - 1)
  }

  /// Takes out the slot with the smallest key.
  mutating func popFirst() -> Slot? {
    guard let slot = entries.first?.slot else { return nil }
    remove(slot)
    return slot
  }

  /// Takes out a slot that is in the heap.
  mutating func remove(_ slot: Slot) {
    let place = Int(places[slot])
    places[slot] = -1
    let last = entries.removeLast()
    if place < entries.count { settle(last, at: place) }
  }

  /// Gives a slot that is in the heap another key.
  mutating func update(_ slot: Slot, _ key: Key) {
    settle(Entry(key: key, slot: slot), at: Int(places[slot]))
  }

  /// Puts an entry where a hole is, or above or below it.
  private mutating func settle(_ entry: Entry, at hole: Int) {
    // Both arrays are opened once, and not at each level: a step is mostly this.
    entries.withUnsafeMutableBufferPointer { entries in
      places.withValues { places in
        if hole > 0, entry.key < entries[(hole - 1) / 2].key {
          Self.rise(entry, from: hole, entries, places)
        } else {
          Self.sink(entry, from: hole, entries, places)
        }
      }
    }
  }

  private typealias Entries = UnsafeMutableBufferPointer<Entry>
  private typealias Places = UnsafeMutableBufferPointer<Int32>

  private static func rise(
    _ entry: Entry,
    from place: Int,
    _ entries: Entries,
    _ places: Places
  ) {
    var hole = place
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard entry.key < entries[parent].key else { break }
      put(entries[parent], at: hole, entries, places)
      hole = parent
    }
    put(entry, at: hole, entries, places)
  }

  private static func sink(
    _ entry: Entry,
    from place: Int,
    _ entries: Entries,
    _ places: Places
  ) {
    var hole = place
    while true {
      var child = 2 * hole + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
      guard entries[child].key < entry.key else { break }
      put(entries[child], at: hole, entries, places)
      hole = child
    }
    put(entry, at: hole, entries, places)
  }

  @inline(__always)
  private static func put(
    _ entry: Entry,
    at place: Int,
    _ entries: Entries,
    _ places: Places
  ) {
    entries[place] = entry
    places[Int(entry.slot.index)] = Int32(truncatingIfNeeded: place)
  }
}

/// A key for a `SlotHeap`: what the policy goes by, and among equals the order of coming.
struct Rank: Comparable {
  /// The smaller goes first.
  var value: Int
  /// The number of the arrival in the queue; of each there is one.
  var arrival: Int

  @inline(__always)
  static func < (left: Rank, right: Rank) -> Bool {
    left.value != right.value ? left.value < right.value : left.arrival < right.arrival
  }
}
