/// A first-in first-out queue of values, O(1) amortised at both ends.
///
/// Like all that calls with values do, it is inlinable: compiled for the type of the value, it takes half of the time.
@usableFromInline
struct Line<Element> {
  @usableFromInline var elements: [Element?] = []
  @usableFromInline var head = 0

  @inlinable
  init() {}

  @inlinable var count: Int { elements.count - head }
  @inlinable var isEmpty: Bool { count == 0 }

  @inlinable
  mutating func append(_ element: Element) { elements.append(element) }

  @inlinable
  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head]
    elements[head] = nil
    head += 1
    // Each element is moved at most once for one that has gone.
    if head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }

  /// The elements, first to last.
  var present: some Sequence<Element> { elements[head...].lazy.compactMap { $0 } }

  @inlinable
  func contains(_ condition: (Element) -> Bool) -> Bool {
    elements[head...].contains { $0.map(condition) ?? false }
  }

  /// Takes out the first element of which something can be made; O(n) for one in the middle.
  @inlinable
  mutating func takeFirst<Found>(_ find: (Element) -> Found?) -> Found? {
    for index in elements[head...].indices {
      guard let element = elements[index], let found = find(element) else { continue }
      if index == head { _ = popFirst() } else { elements.remove(at: index) }
      return found
    }
    return nil
  }

  /// Puts an element before the first for which a condition holds; at the end when it holds for none.
  @inlinable
  mutating func insert(_ element: Element, before isLater: (Element) -> Bool) {
    let place = elements[head...].firstIndex { $0.map(isLater) ?? false }
    elements.insert(element, at: place ?? elements.endIndex)
  }
}
