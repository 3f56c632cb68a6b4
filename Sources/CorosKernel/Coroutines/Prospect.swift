/// What a state machine may do from where it stands, as far as its text tells.
///
/// Explorers ask, to know which steps can change places with all that others may still do. It may say too much, and
/// never too little.
public struct Prospect: Hashable, Sendable {
  /// What a step, or several of them, may do to what others see.
  public struct Deeds: Hashable, Sendable {
    /// The objects that are read.
    ///
    /// Each object is one of 64 bits, which some may share.
    public private(set) var reads: UInt64 = 0
    /// The objects that are changed.
    public private(set) var changes: UInt64 = 0
    /// What else is done.
    public var traits: Traits = []

    /// Makes the deeds of a step that nobody sees.
    public init() {}

    /// Notes that an object is read.
    public mutating func read(_ object: ObjectID) { reads |= Self.bit(object) }

    /// Notes that an object is changed, or waited for.
    public mutating func change(_ object: ObjectID) { changes |= Self.bit(object) }

    /// Adds what others do.
    public mutating func formUnion(_ others: Deeds) {
      reads |= others.reads
      changes |= others.changes
      traits.formUnion(others.traits)
    }

    private static func bit(_ object: ObjectID) -> UInt64 {
      1 << UInt64(truncatingIfNeeded: object.rawValue & 63)
    }

    /// Whether others cannot tell when such a step is made, whatever of theirs they do.
    package func isIndependent(of others: Deeds) -> Bool {
      if traits.contains(.unknown) { return false }
      let isSeen = reads | changes != 0 || traits.contains(.ends)
      if isSeen, others.traits.contains(.unknown) { return false }
      if traits.contains(.ends), others.traits.contains(.tasks) { return false }
      return changes & (others.reads | others.changes) == 0 && reads & others.changes == 0
    }
  }

  /// What can be done beside reading and changing objects.
  public struct Traits: OptionSet, Hashable, Sendable {
    /// A bit for each trait.
    public let rawValue: UInt8

    /// Makes a set of traits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Ends.
    public static let ends = Traits(rawValue: 1)
    /// Waits for the end of a task.
    public static let tasks = Traits(rawValue: 2)
    /// Does something that is not known beforehand, such as to create a task.
    public static let unknown = Traits(rawValue: 4)
    /// Tells its own id from another's, or that of a task it knows.
    public static let identity = Traits(rawValue: 8)
    /// Does something that depends on the time or on chance, or ends the waits of others: no step can be moved.
    public static let unsteady = Traits(rawValue: 16)
  }

  /// What its next step may do.
  public var next: Deeds
  /// What that and all later steps may do.
  public var all: Deeds

  /// Makes the prospect of a machine.
  public init(next: Deeds, all: Deeds) {
    self.next = next
    self.all = all
  }
}
