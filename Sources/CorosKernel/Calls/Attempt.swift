/// What a call waits for that waits for nothing else.
///
/// While it waits, nothing may be different for anybody else but that the caller stands in a queue and is served in its
/// turn.
public enum Attempt: Hashable, Sendable {
  /// That nobody holds the object.
  case isFree
  /// That the object has some of what it counts.
  case hasSome
  /// That the object has room for more of that.
  case hasRoom
  /// That a task has ended.
  case hasEnded
}
