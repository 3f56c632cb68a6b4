package import CorosKernel

/// Runs a program again and again, and kills each of its tasks after each number of steps.
///
/// After the kill the others go on for a while, and then are killed, or go away with their scheduler, by
/// turns. The kernel is walked after every step.
package struct KillEverywhere {
  /// The last step after which tasks are killed, for programs that do not end before.
  package var mostSteps = 300
  /// The last step after which each task is killed, and not only the first and the last.
  package var mostStepsForAll = 25
  /// How long the others go on.
  package var stepsAfter = 40
  package var limits = Limits(tasks: 20, refusals: 20)
  private let spawn: (Scheduler) throws -> Void
  private let afterwards: () -> [String]

  /// Names a program.
  ///
  /// - Parameters:
  ///   - afterwards: says what is wrong once all tasks have ended and their scheduler is gone.
  ///   - spawn: creates the tasks in a fresh scheduler.
  package init(
    afterwards: @escaping () -> [String] = { [] },
    spawn: @escaping (Scheduler) throws -> Void
  ) {
    self.spawn = spawn
    self.afterwards = afterwards
  }

  /// Kills everywhere.
  ///
  /// - Returns: how many tasks were killed, each in a run of its own, and the first thing that was wrong.
  package func run() throws -> (kills: Int, fault: String?) {
    var kills = 0
    for steps in 0...mostSteps {
      var victim = 0
      while true {
        let outcome = try kill(victim, after: steps)
        if let fault = (outcome.faults + afterwards()).first {
          return (kills, "task number \(victim) killed after \(steps) steps: \(fault)")
        }
        // The program is over.
        if outcome.alive == 0 { return (kills, nil) }
        kills += 1
        let isForAll = steps <= mostStepsForAll
        let next = isForAll ? victim + 1 : max(victim + 1, outcome.alive - 1)
        if next >= outcome.alive { break }
        victim = next
      }
    }
    return (kills, nil)
  }

  /// One run with one kill; returns how many tasks were alive before it, and what was wrong.
  private func kill(_ victim: Int, after steps: Int) throws -> (alive: Int, faults: [String]) {
    let scheduler = Scheduler(limits: limits)
    let lives = LifeChecker()
    scheduler.add(lives)
    try spawn(scheduler)
    for _ in 0..<steps {
      // The first run walks them; up to the kill all others are like it.
      guard case .dispatched = scheduler.step() else { break }
    }
    let tasks = scheduler.tasks().map(\.tid)
    var faults = scheduler.brokenInvariants()
    func check() {
      if faults.isEmpty { faults = scheduler.brokenInvariants() + lives.faults }
    }
    guard victim < tasks.count else { return (tasks.count, faults) }
    let wasAlive = try scheduler.perform(KillTask(tasks[victim]))
    check()
    if !wasAlive || scheduler.info(tasks[victim])?.state != .exited(.killed) {
      faults.append("it was not killed")
    }
    for _ in 0..<stepsAfter {
      guard case .dispatched = scheduler.step() else { break }
      check()
    }
    guard (steps + victim).isMultiple(of: 2) else { return (tasks.count, faults) }
    for task in scheduler.tasks().map(\.tid) {
      try scheduler.perform(KillTask(task))
      check()
    }
    if scheduler.runEventLoop() != .allFinished || lives.lives.count != 0 {
      faults.append("not all have ended")
    }
    return (tasks.count, faults)
  }
}
