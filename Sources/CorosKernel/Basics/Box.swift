/// A value with one owner, kept apart from it: an owner that needs none pays eight bytes.
final class Box<Value> {
  @exclusivity(unchecked) var value: Value

  init(_ value: Value) { self.value = value }
}
