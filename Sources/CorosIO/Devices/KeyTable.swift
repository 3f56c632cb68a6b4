/// Values by the numbers under which a device opens things.
///
/// The numbers are handed out one after the other, so that a multiplication spreads them better than a hash does, in a
/// tenth of its time; each request looks some up.
struct KeyTable<Value> {
  private var places: ContiguousArray<(key: Int, value: Value)?> = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// All keys, in no order.
  var keys: [Int] { places.compactMap { $0?.key } }

  /// All values, in no order.
  var values: [Value] { places.compactMap { $0?.value } }

  /// The value of a key; setting nil forgets it.
  subscript(key: Int) -> Value? {
    get { places.isEmpty ? nil : places[place(of: key)]?.value }
    set {
      if let newValue {
        set(newValue, for: key)
      } else {
        removeValue(forKey: key)
      }
    }
  }

  /// Changes the value of a key, if it has one.
  @inline(__always)
  mutating func change(_ key: Int, _ change: (inout Value) -> Void) {
    if places.isEmpty { return }
    let place = place(of: key)
    guard var entry = places[place] else { return }
    change(&entry.value)
    places[place] = entry
  }

  private mutating func set(_ value: Value, for key: Int) {
    if 4 * count >= 3 * places.count { grow() }
    let place = place(of: key)
    if places[place] == nil { count += 1 }
    places[place] = (key, value)
  }

  /// Forgets a key, and gives the value that it had.
  @discardableResult
  mutating func removeValue(forKey key: Int) -> Value? {
    guard !places.isEmpty else { return nil }
    var free = place(of: key)
    guard let removed = places[free] else { return nil }
    places[free] = nil
    count -= 1
    // Those behind it, up to the next free place, may have stood here.
    var next = after(free)
    while let other = places[next] {
      let way = (next &- home(of: other.key)) & (places.count - 1)
      if way >= (next &- free) & (places.count - 1) {
        places[free] = other
        places[next] = nil
        free = next
      }
      next = after(next)
    }
    return removed.value
  }

  /// Where a key stands, or would stand.
  private func place(of key: Int) -> Int {
    var place = home(of: key)
    while let other = places[place], other.key != key { place = after(place) }
    return place
  }

  private func home(of key: Int) -> Int {
    // The golden ratio: numbers in a row come to lie as far apart as can be.
    let product = UInt(bitPattern: key) &* UInt(truncatingIfNeeded: 0x9E37_79B9_7F4A_7C15 as UInt64)
    return Int(truncatingIfNeeded: product >> UInt(UInt.bitWidth / 2)) & (places.count - 1)
  }

  private func after(_ place: Int) -> Int { (place + 1) & (places.count - 1) }

  private mutating func grow() {
    let old = places
    places = ContiguousArray(repeating: nil, count: max(8, 2 * old.count))
    count = 0
    for case let entry? in old { set(entry.value, for: entry.key) }
  }
}
