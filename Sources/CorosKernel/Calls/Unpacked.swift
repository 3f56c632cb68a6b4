/// A value of a known type out of an `Any`; nil when it is of a type that cannot be had as that one.
///
/// Nearly always the types are the same, and then the runtime need not look for a way from one to the other, which takes
/// four times as long.
@inlinable
package func unpacked<Wanted>(_ value: Any, as type: Wanted.Type) -> Wanted? {
  func same<Value>(_ value: Value) -> Wanted? {
    Value.self == Wanted.self ? unsafeBitCast(value, to: Wanted.self) : nil
  }
  return _openExistential(value, do: same) ?? value as? Wanted
}
