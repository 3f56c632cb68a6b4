/// One value for each task, by its index; tasks of which nothing was noted have the standard value.
struct SlotTable<Value> {
  private var values = ContiguousArray<Value>()
  private let standard: Value

  init(standard: Value) {
    self.standard = standard
  }

  @inline(__always)
  subscript(slot: Slot) -> Value {
    get { Int(slot.index) < values.count ? values[Int(slot.index)] : standard }
    _modify {
      makeRoom(for: slot)
      yield &values[Int(slot.index)]
    }
  }

  /// Sees to it that a slot, and all before it, have values of their own.
  @inline(__always)
  mutating func makeRoom(for slot: Slot) {
    while values.count <= Int(slot.index) { values.append(standard) }
  }

  /// Gives access to the values of all slots that have room, in one go.
  @inline(__always)
  mutating func withValues<Result>(
    _ body: (UnsafeMutableBufferPointer<Value>) -> Result
  ) -> Result {
    values.withUnsafeMutableBufferPointer { body($0) }
  }
}
