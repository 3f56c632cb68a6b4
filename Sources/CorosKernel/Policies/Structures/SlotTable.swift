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
      while values.count <= Int(slot.index) { values.append(standard) }
      yield &values[Int(slot.index)]
    }
  }
}
