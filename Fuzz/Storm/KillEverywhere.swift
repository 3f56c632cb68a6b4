package import CorosKernel

/// Runs a program repeatedly, and kills each of its tasks after each number of steps.
///
/// After the kill, the other tasks run for a while. Then, alternately, they are killed or their scheduler is
/// dropped. All invariants of the kernel are checked after every step.
package struct KillEverywhere {
  /// The last step after which a task is killed, for programs that do not end earlier.
  package var mostSteps = 300
  /// The last step after which every task is killed; after later steps, only the first and the last.
  package var mostStepsForAll = 25
  /// The number of steps that the other tasks run after the kill.
  package var stepsAfter = 40
  package var limits = Limits(tasks: 20, refusals: 20)
  private let spawn: (Scheduler) throws -> Void
  private let afterwards: () -> [String]

  /// Makes the check for a program.
  ///
  /// - Parameters:
  ///   - afterwards: Returns the faults found after all tasks have ended and their scheduler is gone.
  ///   - spawn: Creates the tasks in a new scheduler.
  package init(
    afterwards: @escaping () -> [String] = { [] },
    spawn: @escaping (Scheduler) throws -> Void
  ) {
    self.spawn = spawn
    self.afterwards = afterwards
  }

  /// Performs all kills.
  ///
  /// - Returns: The number of tasks killed, each in a separate run, and the first fault.
  package func run() throws -> (kills: Int, fault: String?) {
    var kills = 0
    for steps in 0...mostSteps {
      var victim = 0
      while true {
        let outcome = try kill(victim, after: steps)
        if let fault = (outcome.faults + afterwards()).first {
          return (kills, "task number \(victim) killed after \(steps) steps: \(fault)")
        }
        // The program has ended.
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

  /// Performs one run with one kill; returns the number of tasks before the kill, and the faults.
  private func kill(_ victim: Int, after steps: Int) throws -> (alive: Int, faults: [String]) {
    let scheduler = Scheduler(limits: limits)
    let lives = LifeChecker()
    scheduler.add(lives)
    try spawn(scheduler)
    for _ in 0..<steps {
      // Up to the kill all runs are the same, so only the first one is checked.
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
      faults.append("the task was not killed")
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
      faults.append("some tasks have not ended")
    }
    return (tasks.count, faults)
  }
}
