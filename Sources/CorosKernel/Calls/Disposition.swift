/// What a handler decides about the caller.
public enum Disposition<Reply> {
  /// It goes on with this reply.
  case reply(Reply)
  /// It goes on with the call's ``SystemCall/usualReply``, which takes no memory to pass on.
  case usual
  /// It goes on with this error, thrown from the call.
  case fail(any Error)
  /// It waits, until something wakes it or the deadline comes.
  case block(on: WaitReason, until: Tick? = nil)
  /// It waits in the queue of an object, for what the mode says by a number of the object's own.
  ///
  /// The same as to block on the object's place, but that the kernel looks up the object's name only for those who want
  /// to know: so it takes less time.
  case queue(ObjectID, mode: UInt8 = 0, until: Tick? = nil)
  /// It ends with this status, its `defer`s run.
  case finish(ExitStatus)

  /// The decision that is made, or the error on the way to it, with which the call then fails.
  @inlinable
  @inline(__always)
  public static func catching(_ decide: () throws -> Disposition) -> Disposition {
    do { return try decide() } catch { return .fail(error) }
  }
}
