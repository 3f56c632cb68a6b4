/// Runs async coroutines on the thread that asks: the two executors, the door, and what passes through.
///
/// A scheduler has one host for all its tasks; an `AsyncCoroutine` made by hand has one of its own. Tasks
/// hold the host and never the scheduler, so a scheduler can go away while tasks are suspended.
///
/// Unchecked Sendable: used by one thread at a time, the one that resumes; jobs from other threads wait
/// in the home executor's inbox, which has a lock.
@usableFromInline
final class CoroutineHost: @unchecked Sendable {
  /// Names a task for as long as it lives: its job is the same object each time it is suspended.
  typealias Identity = UnsafeRawPointer

  private enum Whereabouts {
    case away
    case back
    /// Its scheduler has given it up: it is ended as soon as it is back.
    case orphan
  }

  /// How a resumption went: a trap in a word or two, since one of forty bytes is worth passing on only where
  /// it carries something.
  enum Arrival {
    case short(ShortCall)
    /// At the door with another call, to be fetched by `takeTrap`.
    case call
    /// Over, and how is to be fetched by `takeTrap`.
    case end
    case outside
  }

  @usableFromInline let door: Door
  private let home = HomeExecutor()
  private let doorExecutor = DoorExecutor()
  private let ground: Ground
  // Asked for once: the runtime wants them at every resumption.
  private let serialExecutor: UnownedSerialExecutor
  private let taskExecutor: UnownedTaskExecutor

  /// With what the coroutine that was resumed comes back, as soon as it is at the door, or over.
  @exclusivity(unchecked) private var arrival = Arrival.outside
  /// The trap of an arrival that is no short form of one.
  @exclusivity(unchecked) private var trap = Trap.escaped
  @exclusivity(unchecked) private var hasArrived = false
  /// The coroutines that await something outside the kernel.
  @exclusivity(unchecked) private var outside: [Identity: Whereabouts] = [:] {
    didSet { hasOutsiders = !outside.isEmpty }
  }
  /// Whether any coroutine is outside, or is back and not yet fetched; asked for at each step.
  @exclusivity(unchecked) private(set) var hasOutsiders = false
  /// How many child tasks have been sent back from the door since a coroutine was resumed.
  @exclusivity(unchecked) private var refusalCount = 0
  /// How many system calls a coroutine may make instead of ending, and its child tasks at one time.
  private let refusals = Limits().refusals
  /// Asks the scheduler for the tick; nil where there is none, or it has gone.
  @exclusivity(unchecked) var tickReader: (() -> Tick)?
  private var lastTick: Tick = 0

  init() {
    door = Door(executor: doorExecutor)
    ground = Ground(executor: home)
    serialExecutor = home.asUnownedSerialExecutor()
    taskExecutor = home.asUnownedTaskExecutor()
  }

  /// Makes a Swift task for a body and catches it before its first statement.
  func start(_ body: @escaping TaskBody) -> (task: Task<Void, Never>, job: UnownedJob) {
    let previous = home.beginResuming()
    defer { home.endResuming(previous) }
    let body = SendableBody(body: body)
    // By its own name: the task then begins with the actor, and not with a hop to it.
    let ground = self.ground
    let task = Task(executorPreference: home) { await ground.run(body, in: self) }
    guard let job = home.takeJob() else {
      preconditionFailure("the Swift runtime did not enqueue a new task on its preferred executor")
    }
    return (task, job)
  }

  /// Runs a suspended coroutine to its next trap, with an answer to its call.
  func resume(_ job: UnownedJob, with resumption: Resumption) -> Arrival {
    door.resumption = resumption
    defer { door.resumption = .done }
    return resume(job)
  }

  /// Runs a suspended coroutine to its next trap, and whatever child tasks it starts on the way.
  ///
  /// The job stays good for the next time: a task has one, for as long as it lives.
  func resume(_ job: UnownedJob) -> Arrival {
    let identity = Self.identity(of: job)
    let previous = home.beginResuming()
    defer { home.endResuming(previous) }
    hasArrived = false
    refusalCount = 0
    var next: UnownedJob? = job
    while let running = next {
      run(running)
      if let caught = doorExecutor.takeJob() {
        if Self.identity(of: caught) == identity {
          hasArrived = true
        } else {
          refuse(caught)
        }
      }
      next = takeHomeJob()
    }
    if hasArrived { return arrival }
    outside[identity] = .away
    return .outside
  }

  /// The trap of the last arrival, once.
  func takeTrap() -> Trap { exchange(&trap, with: .escaped) }

  /// Ends a suspended coroutine that no scheduler ends, as a kill would.
  func end(_ job: UnownedJob) -> Unwinding {
    for _ in 0...refusals {
      switch resume(job, with: .failure(Termination.killed)) {
      case .end: return .ended
      case .outside: return .escaped
      case .call, .short: break
      }
    }
    return .stuck
  }

  /// Whether the calling thread is the one that resumes coroutines now.
  @usableFromInline
  var isResumingHere: Bool { home.isOnResumingThread }

  /// The tick of the present step; the last one that was asked for once the scheduler has gone.
  func readTick() -> Tick {
    precondition(isResumingHere, "a virtual clock was read by another thread than its tasks'")
    lastTick = tickReader?() ?? lastTick
    return lastTick
  }

  /// Called by a body's wrapper as the last thing that it does.
  func noteEnd(_ trap: Trap) {
    self.trap = trap
    arrival = .end
    hasArrived = true
  }

  /// Takes a `Yield` on its way to the door, unless a child task makes it while the coroutine itself is there.
  @usableFromInline
  func stageYield() {
    if !hasArrived { arrival = .short(.yield) }
  }

  /// The same for a `Compute`.
  @usableFromInline
  func stageCompute() {
    if !hasArrived { arrival = .short(.compute) }
  }

  /// The same for any other call.
  @usableFromInline
  func stageAny(_ packed: consuming PackedCall) {
    guard !hasArrived else { return }
    trap = .call(packed.call)
    arrival = .call
  }

  /// The reply to the call that has just crossed the door back; nil when it has none.
  @usableFromInline
  var reply: Any? {
    if case .reply(let reply) = door.resumption { reply } else { nil }
  }

  /// Takes the next job to run beside the coroutine that is being resumed.
  ///
  /// That job may bring back another coroutine from outside. It must not run now, in the dispatch of this one,
  /// so it is treated like one that comes back from another thread.
  private func takeHomeJob() -> UnownedJob? {
    while let job = home.takeJob() {
      if !isOutside(job) { return job }
      home.inbox.deliver(job)
    }
    return nil
  }

  private func run(_ job: UnownedJob) {
    job.runSynchronously(isolatedTo: serialExecutor, taskExecutor: taskExecutor)
  }

  /// Sends a child task that came to the door back with an error, each time it comes, up to a limit.
  ///
  /// A child that does not accept the error is abandoned; a task that awaits it then awaits something outside
  /// the kernel.
  private func refuse(_ job: UnownedJob) {
    let resumption = door.resumption
    door.resumption = .failure(SystemCallError.notTheTask)
    var next: UnownedJob? = job
    while let refused = next, refusalCount < refusals {
      refusalCount += 1
      run(refused)
      next = doorExecutor.takeJob()
    }
    door.resumption = resumption
  }

  // A job is one pointer, and there is no public way to ask it for an identity. The pointer is compared,
  // and never followed.
  private static func identity(of job: UnownedJob) -> Identity {
    unsafeBitCast(job, to: Identity.self)
  }
}

// MARK: - Awaits outside the kernel

extension CoroutineHost {
  /// Whether a coroutine is outside, or is back and not yet fetched.
  @inline(__always)
  func isOutside(_ job: UnownedJob) -> Bool {
    hasOutsiders && outside[Self.identity(of: job)] != nil
  }

  /// Whether a coroutine that was outside is back; it is then no longer outside, and can be resumed.
  func takeReturned(_ job: UnownedJob) -> Bool {
    collect()
    guard isBack(job) else { return false }
    outside[Self.identity(of: job)] = nil
    return true
  }

  /// Whether a coroutine that was outside is back.
  func isBack(_ job: UnownedJob) -> Bool {
    if case .back = outside[Self.identity(of: job)] { true } else { false }
  }

  /// Gives up a coroutine that is outside: it is ended when it comes back.
  func disown(_ job: UnownedJob) {
    outside[Self.identity(of: job)] = .orphan
  }

  /// Blocks until something comes back from outside, at most the given number of milliseconds.
  func waitForReturn(milliseconds: Int) {
    home.inbox.wait(milliseconds: milliseconds)
  }

  /// Fetches what has come back from outside; ends the orphans among them.
  func collect() {
    let previous = home.beginResuming()
    defer { home.endResuming(previous) }
    refusalCount = 0
    var arrived = home.inbox.drain()[...]
    while let job = arrived.popFirst() ?? home.takeJob() {
      let identity = Self.identity(of: job)
      switch outside[identity] {
      case .away, .back:
        outside[identity] = .back
      case .orphan:
        outside[identity] = nil
        endOrphan(job)
      case nil:
        // A child task of a coroutine that is outside. It may not trap; its end may bring its parent back.
        run(job)
        if let caught = doorExecutor.takeJob() { refuse(caught) }
      }
    }
  }

  private func endOrphan(_ job: UnownedJob) {
    if case .escaped = end(job) { disown(job) }
  }

  /// Waits for the orphans to come back and end, for a bounded time.
  ///
  /// - Returns: how many did not come back and are abandoned: their `defer`s never run.
  func awaitOrphans(milliseconds: Int) -> Int {
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    collect()
    while hasOutsiders {
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0 else { break }
      waitForReturn(milliseconds: Int(left.rounded(.up)))
      collect()
    }
    return outside.count
  }
}
