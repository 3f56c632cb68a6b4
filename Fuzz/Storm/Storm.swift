package import CorosKernel

/// Random system calls by up to thousands of short-lived tasks, and by an operator who interferes.
///
/// The seed of the plan determines everything. Two independent checks run: the kernel's invariants, and a
/// `LifeChecker`, which sees only events.
package final class Storm {
  package let plan: StormPlan
  package let scheduler: Scheduler
  private let lives = LifeChecker()
  private let world: StormWorld
  private var random: RandomSource
  /// The number of steps between two checks of the invariants.
  private let checksEvery: Int
  private var stepsToCheck: Int
  private var saved: (checkpoint: Checkpoint, lives: LifeChecker.Lives)?

  /// The first faults found.
  package private(set) var faults: [String] = []
  package private(set) var steps = 0
  /// How often no task could run, so that the operator had to act.
  package private(set) var stalls = 0

  package var calls: Int { world.calls }
  package var spawned: Int { lives.spawned }
  package var ended: Int { lives.ended }
  package var killed: Int { lives.killed }
  package var mostAlive: Int { lives.mostAlive }

  /// Makes a storm that has not started; `nil` if there is no such policy.
  package init?(_ plan: StormPlan, checksEvery: Int) {
    guard let policy = StormPolicies.make(plan.policy) else { return nil }
    self.plan = plan
    self.checksEvery = max(1, checksEvery)
    stepsToCheck = self.checksEvery
    random = RandomSource(seed: plan.seed)
    scheduler = Scheduler(policy: policy, seed: plan.seed, limits: plan.limits)
    world = StormWorld(
      mixesForms: plan.mixesForms,
      escapes: plan.escapes,
      sharing: try? StormObjects(in: scheduler)
    )
    scheduler.add(lives)
  }

  /// Makes this many more system calls; stops at the first fault.
  package func run(calls: Int) {
    let (sum, isTooFar) = world.calls.addingReportingOverflow(calls)
    while faults.isEmpty, world.calls < (isTooFar ? .max : sum) {
      if scheduler.liveTaskCount == 0 || random.next(below: 50) == 0 {
        perform(NewTask("root", world.code(seed: random.next())))
      }
      if random.next(below: 20) == 0 { command() }
      if case .stalled(let outcome) = scheduler.step() { help(outcome) }
      afterStep()
    }
  }

  /// Ends all tasks, and checks that each async function that was entered has also returned.
  package func end() {
    let abandoned = scheduler.shutdown()
    check()
    func expect(_ condition: Bool, _ fault: @autoclosure () -> String) {
      if !condition { faults.append(fault()) }
    }
    expect(abandoned == 0, "\(abandoned) tasks did not return from an outside await")
    expect(scheduler.liveTaskCount == 0, "\(scheduler.liveTaskCount) tasks survive a shutdown")
    expect(lives.lives.count == 0, "\(lives.lives.count) tasks have started but not ended")
    expect(
      lives.gaveUp > 0 || world.entered == world.left,
      "\(world.entered) functions were entered, but \(world.left) returned"
    )
  }

  // MARK: Checks

  private func afterStep() {
    steps += 1
    stepsToCheck -= 1
    if stepsToCheck == 0 { check() }
  }

  private func check() {
    stepsToCheck = checksEvery
    guard faults.isEmpty else { return }
    faults = scheduler.brokenInvariants() + lives.faults
  }

  // MARK: The operator

  /// Makes a system call as the operator, and gives it up if it takes too long.
  private func perform(_ call: some SystemCall) {
    world.calls += 1
    var patience = random.next(below: 30)
    // The result does not matter.
    _ = try? scheduler.perform(call) { _ in
      afterStep()
      patience -= 1
      return patience < 0
    }
  }

  private func command() {
    switch random.next(below: plan.operatorInterferes ? 300 : 200) {
    case 0..<180:
      var none = StormBelongings()
      perform(random.nextCall(in: world, &none))
    case 180..<190: create()
    case 190..<199:
      scheduler.run(ticks: random.next(below: 30)) { _ in
        afterStep(); return false
      }
    case 199: look()
    case 200..<230: use(StormPolicies.all[random.next(below: StormPolicies.all.count)])
    case 230..<250: use(plan.policy)
    case 250..<260: pickOne()
    case 260..<270: scheduler.reseed(random.next())
    case 270..<280: scheduler.taskLimit = random.next(below: plan.limits.tasks)
    case 280..<293: scheduler.taskLimit = plan.limits.tasks
    case 293: scheduler.hardware = Hardware()
    case 294:
      let device: Hardware.Device = random.next(below: 2) == 0 ? .own : .shared
      scheduler.hardware = Hardware(switchTicks: random.next(below: 4), device: device)
    case 295..<298: travel()
    case 298: if random.next(below: 50) == 0 { scheduler.shutdown() }
    default: scheduler.add(lives, insteadOf: lives)
    }
  }

  /// Creates a task that arrives later, with random scheduling parameters.
  private func create() {
    let parameters = SchedulingParameters(
      priority: random.next(below: 10),
      tickets: random.next(below: 100),
      nice: random.next(below: 45) - 22,
      length: random.next(below: 2) == 0 ? nil : random.next(below: 20)
    )
    let time = random.nextTimeout().map { scheduler.now.addingReportingOverflow($0).partialValue }
    _ = try? scheduler.createTask(
      "root",
      world.code(seed: random.next()),
      parameters: parameters,
      at: time
    )
  }

  /// Picks a random ready task to run next.
  private func pickOne() {
    let ready = scheduler.readyQueue
    guard !ready.isEmpty else { return }
    let task = ready[random.next(below: ready.count)]
    do { try scheduler.pick(task) } catch { faults.append("task \(task): \(error)") }
  }

  private func use(_ policy: String) {
    if let policy = StormPolicies.make(policy) { scheduler.use(policy) }
  }

  /// Reads everything that can be queried.
  private func look() {
    let alive = scheduler.tasks().reduce(0) { count, _ in count + 1 }
    if alive != scheduler.liveTaskCount { faults.append("\(alive) tasks listed") }
    let waiting = scheduler.waitQueues.reduce(0) { $0 + $1.tasks.count }
    if waiting > alive + 1 { faults.append("\(waiting) waiters among \(alive) tasks") }
    for tid in scheduler.readyQueue where scheduler.info(tid)?.state.word != "ready" {
      faults.append("task \(tid) is listed as ready")
    }
    _ = scheduler.nextDeadline
    _ = scheduler.sliceHolder
  }

  /// Restores the last checkpoint, or takes one; impossible while there are async tasks.
  private func travel() {
    if let (checkpoint, lives) = saved, random.next(below: 2) == 0 {
      scheduler.restore(checkpoint)
      self.lives.lives = lives
    } else if let checkpoint = try? scheduler.checkpoint() {
      saved = (checkpoint, lives.lives)
    }
  }

  /// Resolves a stall: resumes all stopped tasks, or kills or picks a task.
  private func help(_ outcome: RunOutcome) {
    stalls += 1
    switch outcome {
    case .stopped(let tasks):
      for task in tasks { perform(ContinueTask(task)) }
    case .deadlock(let deadlock):
      perform(KillTask(deadlock.blocked[random.next(below: deadlock.blocked.count)].tid))
    case .undecided where !scheduler.isUndecided:
      // The CPU is reserved for a task that is waiting or stopped.
      if let awaited = scheduler.awaitedTask { perform(KillTask(awaited)) }
    case .undecided(let tasks):
      let task = tasks[random.next(below: tasks.count)]
      do { try scheduler.pick(task) } catch { faults.append("task \(task): \(error)") }
    default:
      break
    }
  }
}

extension Scheduler {
  /// Removes an observer and adds another.
  fileprivate func add(_ observer: any Observer, insteadOf old: any Observer) {
    remove(old)
    add(observer)
  }
}
