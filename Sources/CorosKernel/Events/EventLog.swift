/// Keeps the last events, up to a limit.
///
/// Its memory is bounded if both limits are: apart from its text an event is small.
public final class EventLog: Recorder {
  /// The kinds of events kept.
  public let interests: Event.Kinds
  /// The most events kept; beyond it the oldest is dropped.
  public let limit: Int
  /// The most bytes kept of a text that a task wrote, or of a reply; longer ones are cut, and end with `…`.
  public let textLimit: Int
  /// Its contents, which a `TimeMachine` copies and restores.
  public var memory = Memory()

  /// Makes an empty log.
  ///
  /// - Parameters:
  ///   - interests: the kinds to keep.
  ///   - limit: how many to keep, at least 1.
  ///   - textLimit: how many bytes to keep of each text. Default: all.
  public init(
    _ interests: Event.Kinds = .all,
    limit: Int = 10_000,
    textLimit: Int = .max
  ) {
    self.interests = interests
    self.limit = max(1, limit)
    self.textLimit = max(0, textLimit)
  }

  /// The events kept, oldest first, in O(n).
  public var events: [Event] {
    Array(memory.ring[memory.oldest...]) + Array(memory.ring[..<memory.oldest])
  }

  /// How many events have been dropped.
  public var dropped: Int { memory.dropped }

  /// Keeps an event, in O(1).
  public func observe(_ event: Event) {
    let event = textLimit == .max ? event : event.cut(to: textLimit)
    if memory.ring.count < limit {
      memory.ring.append(event)
    } else {
      memory.ring[memory.oldest] = event
      memory.oldest = (memory.oldest + 1) % limit
      memory.dropped += 1
    }
  }

  /// How many events are kept.
  public var memorySize: Int { memory.ring.count }

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

extension Event {
  /// The event with its text, if it has one, cut to a number of bytes.
  fileprivate func cut(to bytes: Int) -> Event {
    let action: Action =
      switch action {
      case .wrote(let text): .wrote(text.cut(to: bytes))
      case .replied(.value(let text)): .replied(.value(text.cut(to: bytes)))
      case .refused(let text): .refused(text.cut(to: bytes))
      case .spawned(let name, let parent): .spawned(name: name.cut(to: bytes), parent: parent)
      default: action
      }
    return Event(number: number, tick: tick, task: task, action: action)
  }
}
