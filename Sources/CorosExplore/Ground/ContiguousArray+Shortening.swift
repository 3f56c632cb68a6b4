extension ContiguousArray {
  /// Keeps the first elements only, and the memory for as many as there were.
  @inline(__always)
  mutating func shorten(to count: Int) {
    if count == 0 { return removeAll(keepingCapacity: true) }
    // Most often it is one element or two.
    while self.count > count { removeLast() }
  }
}
