/// An object's value in memory of its own.
///
/// Copies of the machine share it until one of them changes it: see `ObjectTable.writableBox`.
@usableFromInline
class ObjectBox {
  let type: any KernelObject.Type

  fileprivate init(type: any KernelObject.Type) {
    self.type = type
  }

  /// The value, of whatever type.
  var anyValue: any KernelObject { preconditionFailure("a box without a value") }

  /// A box of its own with the same value.
  func copied() -> ObjectBox { preconditionFailure("a box without a value") }

  func hashState(into hasher: inout Hasher) -> Bool { false }
}

/// The box of a value of a known type.
@usableFromInline
final class TypedObjectBox<Value: KernelObject>: ObjectBox {
  @usableFromInline @exclusivity(unchecked) var value: Value

  init(_ value: Value) {
    self.value = value
    super.init(type: Value.self)
  }

  override var anyValue: any KernelObject { value }

  override func copied() -> ObjectBox { TypedObjectBox(value) }

  override func hashState(into hasher: inout Hasher) -> Bool { value.hashState(into: &hasher) }
}
