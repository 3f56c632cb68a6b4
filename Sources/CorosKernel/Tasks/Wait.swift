/// The ticket of a blocked task: why it waits, since when, and everything needed to undo the wait.
///
/// Kill, timeout and reply all end a wait by `KernelState.release`, and by nothing else, so a wait cannot be
/// undone twice or half.
struct Wait {
  let reason: WaitTarget
  /// The call that blocked; it turns the wake-up into a reply.
  private let packed: PackedCall
  let since: Tick
  /// Its number among all the waits of the run: waits that began earlier have smaller ones.
  let number: Int
  // A plain number: tasks that share something begin a wait at nearly every step.
  private var knownDeadline: Tick
  // These are no plain numbers: with 16 bytes less for the details of each task, calls with replies take more than
  // twice as long among 100,000 tasks, because of where the memory of the replies then lies.
  /// The timer that is armed for the deadline.
  var timer: TimerQueue.Number?
  /// How long the shared device serves it; nil when it does not.
  let deviceTicks: Tick?

  private static let none: Int = .min

  init(
    reason: consuming WaitTarget,
    call: consuming PackedCall,
    since: Tick,
    deadline: Tick?,
    number: Int,
    timer: TimerQueue.Number?,
    deviceTicks: Tick? = nil
  ) {
    self.reason = reason
    packed = call
    self.since = since
    self.number = number
    knownDeadline = deadline ?? Self.none
    self.timer = timer
    self.deviceTicks = deviceTicks
  }

  /// Stands where there is no ticket.
  static var nothing: Wait {
    Wait(reason: .outside, call: .none, since: 0, deadline: nil, number: -1, timer: nil)
  }

  var isNothing: Bool { number < 0 }

  var call: any SystemCall {
    @inline(__always) _read { yield packed.call }
  }

  /// The time at which the wait ends by itself.
  var deadline: Tick? {
    get { knownDeadline == Self.none ? nil : knownDeadline }
    set { knownDeadline = newValue ?? Self.none }
  }
}
