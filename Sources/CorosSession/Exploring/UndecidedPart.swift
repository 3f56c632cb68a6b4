import CorosExplore
import CorosHistory
import CorosLanguage

/// What is wrong only if all tasks can end in some schedule: in a shard in which they never do, and which does not know of
/// the others.
package struct UndecidedPart: Equatable, Sendable {
  /// Tasks that go round for ever.
  let livelock: FoundFailure?
  /// A schedule to a state from which no schedule leads to an end.
  let cannotEnd: String?

  init(_ part: Undecided) {
    livelock = part.livelock.map(FoundFailure.init)
    cannotEnd = part.cannotEnd?.way.description
  }

  private init(livelock: FoundFailure?, cannotEnd: String?) {
    self.livelock = livelock
    self.cannotEnd = cannotEnd
  }

  /// Of each the smallest; nil of no parts.
  static func sum(of parts: [UndecidedPart]) -> UndecidedPart? {
    if parts.isEmpty { return nil }
    return UndecidedPart(
      livelock: FoundFailure.smallest(of: parts.compactMap(\.livelock)),
      cannotEnd: parts.compactMap(\.cannotEnd).min()
    )
  }
}

// In files.

extension UndecidedPart {
  var json: JSON {
    ["livelock": livelock?.json ?? .null, "cannot_end": .string(cannotEnd)]
  }

  init?(_ json: JSON) {
    guard case .object = json else { return nil }
    livelock = json["livelock"].flatMap(FoundFailure.init)
    cannotEnd = json["cannot_end"]?.word
  }
}
