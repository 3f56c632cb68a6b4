/// Makes an object that tasks share, or finds the one of that kind and name.
///
/// - Blocks: never. Reply: the object. Errors: `tooManyObjects`; `otherObject` when the one of that name has another
///   type. O(1).
public struct MakeObject<Value: KernelObject>: SystemCall {
  /// Its value, if it has to be made.
  public let value: Value
  /// Its name; nil to make one that is called by its kind and number.
  public let name: String?

  /// Makes the call.
  public init(_ value: Value, named name: String? = nil) {
    self.value = value
    self.name = name
  }

  /// Without the type of the object.
  public static var name: String { "MakeObject" }

  /// The kind and the name.
  public var arguments: String { Value.kind + (name.map { " \($0)" } ?? "") }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes or finds the object.
  public func handle(in kernel: KernelContext) -> Disposition<Object<Value>> {
    .catching { .reply(try kernel.make(value, named: name)) }
  }
}

extension SystemInterface {
  /// The object of that kind and name, made with the given value if need be; without a name, a new one.
  public nonisolated(nonsending) func make<Value: KernelObject>(
    _ value: Value,
    named name: String? = nil
  ) async throws -> Object<Value> {
    try await call(MakeObject(value, named: name))
  }
}
