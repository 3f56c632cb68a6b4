/// An object's number: counted from 1 in each scheduler, and never reused.
public struct ObjectID: Hashable, Comparable, BitwiseCopyable, Sendable {
  let number: Int32
  /// Where the object is kept; reused when it is gone.
  private let place: Int32

  init(number: Int, index: Int) {
    self.number = Int32(truncatingIfNeeded: number)
    place = Int32(truncatingIfNeeded: index)
  }

  var index: Int { Int(place) }

  /// The number of no object.
  static let gone = ObjectID(number: 0, index: 0)

  /// Its two numbers in one, for those who keep nothing but numbers.
  package var bits: Int { Int(number) << 32 | Int(place) }

  package init(bits: Int) {
    number = Int32(truncatingIfNeeded: bits >> 32)
    place = Int32(truncatingIfNeeded: bits & 0xFFFF_FFFF)
  }

  /// The number itself.
  public var rawValue: Int { Int(number) }

  /// Whether the first object was made before the second.
  public static func < (left: ObjectID, right: ObjectID) -> Bool { left.number < right.number }
}

extension ObjectID: CustomStringConvertible {
  /// The number in decimal digits.
  public var description: String { String(number) }
}

/// A place in the queue of an object: which object, and what for.
///
/// It carries the object's name, so that events, reports and listings need not ask for it.
public struct ObjectPlace: Hashable, Sendable {
  /// What the object is called.
  public let name: String
  /// Which object.
  public let object: ObjectID
  /// For what a task stands there, by a number of the object's own: to read or to write, say; 0 where there is
  /// one purpose only.
  public let mode: UInt8
  /// Whether it is a lock: see ``KernelObject/isLock``.
  public let isLock: Bool

  init(_ object: ObjectID, name: String, mode: UInt8, isLock: Bool) {
    self.name = name
    self.object = object
    self.mode = mode
    self.isLock = isLock
  }
}
