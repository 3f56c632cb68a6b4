/// A first-in first-out queue of values, O(1) amortised at both ends.
struct Line<Element> {
  var elements: [Element?] = []
  var head = 0

  init() {}

  var count: Int { elements.count - head }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head]
    elements[head] = nil
    head += 1
    if head == elements.count {
      elements.removeAll(keepingCapacity: true)
      head = 0
    }
    // Each element is moved at most once for one that has gone.
    if head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }

  /// The elements, first to last.
  var present: some Sequence<Element> { elements[head...].lazy.compactMap { $0 } }

  func contains(_ condition: (Element) -> Bool) -> Bool {
    elements[head...].contains { $0.map(condition) ?? false }
  }

  /// Takes out the first element of which something can be made; O(n) for one in the middle.
  mutating func takeFirst<Found>(_ find: (Element) -> Found?) -> Found? {
    for index in elements[head...].indices {
      guard let element = elements[index], let found = find(element) else { continue }
      if index == head { _ = popFirst() } else { elements.remove(at: index) }
      return found
    }
    return nil
  }

  /// Puts an element before the first for which a condition holds; at the end when it holds for none.
  mutating func insert(_ element: Element, before isLater: (Element) -> Bool) {
    let place = elements[head...].firstIndex { $0.map(isLater) ?? false }
    elements.insert(element, at: place ?? elements.endIndex)
  }
}
