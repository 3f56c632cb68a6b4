/// A first-in first-out queue of values, O(1) amortised at both ends.
struct Line<Element> {
  /// A ring of places: their number is a power of two, or 0.
  private var places: ContiguousArray<Element?> = []
  /// The place of the first element; it may lie anywhere, since the ring has no beginning.
  private var head = 0
  private(set) var count = 0

  init() {}

  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) {
    if count == places.count { grow() }
    places[place(of: count)] = element
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let first = places[head].take()
    head = place(of: 1)
    count -= 1
    return first
  }

  /// The elements, first to last.
  var present: some Sequence<Element> { (0..<count).lazy.compactMap { self[$0] } }

  func contains(_ condition: (Element) -> Bool) -> Bool { present.contains(where: condition) }

  /// Takes out the first element of which something can be made; O(n) for one in the middle.
  mutating func takeFirst<Found>(_ find: (Element) -> Found?) -> Found? {
    for index in 0..<count {
      guard let element = self[index], let found = find(element) else { continue }
      // Those before it move up.
      for earlier in stride(from: index, to: 0, by: -1) {
        places.swapAt(place(of: earlier), place(of: earlier - 1))
      }
      _ = popFirst()
      return found
    }
    return nil
  }

  /// Puts an element before the first for which a condition holds; at the end when it holds for none; O(n).
  mutating func insert(_ element: Element, before isLater: (Element) -> Bool) {
    let index = (0..<count).first { self[$0].map(isLater) ?? false } ?? count
    append(element)
    for later in stride(from: count - 1, to: index, by: -1) {
      places.swapAt(place(of: later), place(of: later - 1))
    }
  }

  /// The element at a distance from the first; never nil for those that are present.
  private subscript(index: Int) -> Element? { places[place(of: index)] }

  private func place(of index: Int) -> Int { (head + index) & (places.count - 1) }

  private mutating func grow() {
    var longer = ContiguousArray<Element?>()
    longer.reserveCapacity(max(1, 2 * count))
    longer.append(contentsOf: places[head...])
    longer.append(contentsOf: places[..<head])
    longer.append(contentsOf: repeatElement(nil, count: max(1, count)))
    places = longer
    head = 0
  }
}
