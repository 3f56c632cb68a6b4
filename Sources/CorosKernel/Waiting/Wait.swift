/// One block of one task: why, since when, and everything needed to undo it.
///
/// This is the ticket of the design: kill, time-out and reply all end a wait by handing it to
/// `KernelState.release`, and by nothing else, so a block cannot be undone twice or half.
struct Wait {
  let reason: WaitReason
  /// The call that blocked; it turns the wake-up into a reply.
  let call: any SystemCall
  let since: Tick
  /// The time at which the wait ends by itself.
  var deadline: Tick?
  /// Its place among all the waits of the run: greater than that of any that began before.
  let number: Int
  /// The armed timer that keeps the deadline.
  var timer: TimerQueue.Number?
  /// How long the shared device serves it; nil when it does not.
  var deviceTicks: Tick?
}
