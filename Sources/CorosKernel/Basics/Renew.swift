/// Makes a variable the same as a value, and does nothing where it is the same already.
///
/// Copies of a machine share most of their tables. To count a reference to each table, only to count one back, takes
/// longer than to copy the tasks; so the two are compared first.
@inline(__always)
func renew<Value>(_ variable: inout Value, from value: Value) {
  if !isSameMemory(variable, value) { variable = value }
}

/// Whether two values of one word, such as arrays and dictionaries, are the same memory; false for other values.
@inline(__always)
func isSameMemory<Value>(_ left: Value, _ right: Value) -> Bool {
  MemoryLayout<Value>.size == MemoryLayout<UInt>.size
    && unsafeBitCast(left, to: UInt.self) == unsafeBitCast(right, to: UInt.self)
}
