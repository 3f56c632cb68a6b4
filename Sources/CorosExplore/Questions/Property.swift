public import CorosKernel

/// What must hold while tasks run, whichever goes first.
public struct Property {
  /// When it must hold.
  public enum Time: Hashable, Sendable {
    /// After each step.
    case always
    /// At the end of each run that is no deadlock.
    case finally
  }

  /// When it must hold.
  public let time: Time
  /// What is broken, as a sentence without a full stop; nil when all is well.
  public let broken: (Scheduler) -> String?
  /// Whether it may tell one task from another, so that tasks with the same values are not the same to it.
  public let seesTasks: Bool
  /// The objects whose values are all that it looks at; nil where it may look at anything.
  ///
  /// Default: nil. A step that changes none of these cannot break it. So far fewer orders have to be told apart where it must hold
  /// always.
  public var objects: ((Scheduler) -> Set<ObjectID>?)?

  /// Makes a property.
  ///
  /// - Parameters:
  ///   - time: when it must hold.
  ///   - seesTasks: whether it may tell one task from another; not if it looks at objects alone.
  ///   - broken: looks at the scheduler, and says what is broken; it must change nothing.
  public init(
    _ time: Time,
    seesTasks: Bool = true,
    broken: @escaping (Scheduler) -> String?
  ) {
    self.time = time
    self.seesTasks = seesTasks
    self.broken = broken
  }

  /// Makes a property that holds, or does not.
  public init(_ time: Time, _ text: String, holds: @escaping (Scheduler) -> Bool) {
    self.init(time) { holds($0) ? nil : "`\(text)` does not hold" }
  }
}

extension [Property] {
  /// The objects that are looked at after each step; nil where anything may be.
  func watched(on scheduler: Scheduler) -> Set<ObjectID>? {
    var watched: Set<ObjectID> = []
    for property in self where property.time == .always {
      guard let objects = property.objects?(scheduler) else { return nil }
      watched.formUnion(objects)
    }
    return watched
  }
}
