/// The ticket of a blocked task: why it waits, since when, and everything needed to undo the wait.
///
/// Kill, timeout and reply all end a wait by `KernelState.release`, and by nothing else, so a wait cannot be
/// undone twice or half.
struct Wait {
  let reason: WaitReason
  /// The call that blocked; it turns the wake-up into a reply.
  let call: any SystemCall
  let since: Tick
  /// The time at which the wait ends by itself.
  var deadline: Tick?
  /// Its number among all the waits of the run: waits that began earlier have smaller ones.
  let number: Int
  /// The timer that is armed for the deadline.
  var timer: TimerQueue.Number?
  /// How long the shared device serves it; nil when it does not.
  var deviceTicks: Tick?
}
