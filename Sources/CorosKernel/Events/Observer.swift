/// Something that is told what happens in a scheduler.
///
/// Observers are called on the scheduler's thread, in the order in which they were added, while the
/// kernel is at work: an observer keeps or shows what it hears, and must not call the scheduler.
public protocol Observer: AnyObject {
  /// The kinds of events wanted; the scheduler makes no other event for it.
  var interests: Event.Kinds { get }

  /// Takes in one event.
  func observe(_ event: Event)
}

/// Keeps the last events, up to a limit.
public final class EventLog: Recorder {
  /// The kinds of events kept.
  public let interests: Event.Kinds
  /// The most events kept; beyond it the oldest is dropped.
  public let limit: Int
  /// What it knows, for a `TimeMachine` to take back.
  public var memory = Memory()

  /// Makes an empty log.
  ///
  /// - Parameters:
  ///   - interests: the kinds to keep.
  ///   - limit: how many to keep, at least 1.
  public init(_ interests: Event.Kinds = .all, limit: Int = 10_000) {
    self.interests = interests
    self.limit = max(1, limit)
  }

  /// The events kept, oldest first, in O(n).
  public var events: [Event] {
    Array(memory.ring[memory.oldest...]) + Array(memory.ring[..<memory.oldest])
  }

  /// How many events have been dropped.
  public var dropped: Int { memory.dropped }

  /// Keeps an event, in O(1).
  public func observe(_ event: Event) {
    if memory.ring.count < limit {
      memory.ring.append(event)
    } else {
      memory.ring[memory.oldest] = event
      memory.oldest = (memory.oldest + 1) % limit
      memory.dropped += 1
    }
  }

  /// Forgets all events.
  public func removeAll() {
    memory = Memory()
  }

  /// The events of a log, as a value.
  public struct Memory {
    fileprivate var ring: ContiguousArray<Event> = []
    fileprivate var oldest = 0
    fileprivate var dropped = 0
  }
}
