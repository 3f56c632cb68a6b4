extension ContiguousArray where Element: BitwiseCopyable {
  /// Becomes the same as another array, in memory of its own where that is short.
  ///
  /// To share the memory would be faster only until one of the two changes.
  @inline(__always)
  mutating func become(_ other: ContiguousArray) {
    let longest = 128
    if isSameMemory(self, other) { return }
    guard other.count <= longest else {
      self = other
      return
    }
    while count > other.count { removeLast() }
    let shared = count
    withUnsafeMutableBufferPointer { own in
      for index in 0..<shared { own[index] = other[index] }
    }
    for index in shared..<other.count { append(other[index]) }
  }
}
