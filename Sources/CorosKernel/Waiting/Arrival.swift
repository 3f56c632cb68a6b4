/// Something has come for an object: a promise that a call made now may go further than before, and no more.
public struct Arrival: Hashable, Sendable {
  /// For which object.
  public let object: ObjectID
  /// What has come, by the object's own numbers.
  public let kinds: UInt8

  /// Makes the message.
  public init(for object: ObjectID, kinds: UInt8) {
    self.object = object
    self.kinds = kinds
  }
}
