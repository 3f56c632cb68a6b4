/// What a handler decides about the caller.
public enum Disposition<Reply> {
  /// It goes on with this reply.
  case reply(Reply)
  /// It goes on with this error, thrown from the call.
  case fail(any Error)
  /// It waits, until something wakes it or the deadline comes.
  case block(on: WaitReason, until: Tick? = nil)
  /// It ends with this status, its `defer`s run.
  case finish(ExitStatus)
}
