/// A value of the embedder's own, as an event carries it.
public struct Note: Sendable {
  /// The value, of whatever type.
  public let value: any Hashable & Sendable

  /// Makes a note of a value.
  public init(_ value: some Hashable & Sendable) {
    self.value = value
  }

  /// The value, if it is of a type.
  public func value<Value>(_ type: Value.Type = Value.self) -> Value? { value as? Value }
}

extension Note: Hashable {
  /// Whether the values are equal, and of one type.
  public static func == (left: Note, right: Note) -> Bool {
    left.value.isEqual(to: right.value)
  }

  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}

extension Note: CustomStringConvertible {
  /// The value, as text.
  public var description: String { String(describing: value) }
}

extension Hashable {
  fileprivate func isEqual(to other: Any) -> Bool { other as? Self == self }
}
