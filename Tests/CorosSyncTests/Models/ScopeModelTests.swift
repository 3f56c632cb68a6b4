import CorosKernel
import CorosSync
import Testing

/// Scopes, shields, timeouts and cancellations at random, beside a model of who is reached by what.
@Suite(.timeLimit(.minutes(15))) struct ScopeModelTests {
  private struct Sleeper: StateMachine {
    var random: RandomSource
    var left: Int
    var open: [Int] = []
    var isOpening = false

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error as Termination) = resumption { return .threw(error) }
      if isOpening, case .reply(let number as Int) = resumption { open.append(number) }
      isOpening = false
      guard left > 0 else { return .returned }
      left -= 1
      switch random.next(below: 10) {
      case 0, 1:
        isOpening = true
        return .call(OpenScope(timeout: random.next(below: 25)))
      case 2:
        isOpening = true
        return .call(OpenScope(isShield: true))
      case 3, 4:
        guard !open.isEmpty else { return .call(Write("none")) }
        let index = random.next(below: open.count)
        let number = open[index]
        open.removeSubrange(index...)
        return .call(CloseScope(number))
      case 5: return .call(Write("now"))
      default: return .call(Sleep(random.next(below: 9)))
      }
    }
  }

  private struct Model: RunModel {
    struct Scope {
      let number: Int
      let isShield: Bool
      var deadline: Tick?
      var isCancelled = false
    }

    struct Sleep {
      let deadline: Tick
    }

    /// The scopes of each task, the outermost first; the first is its body.
    var scopes: [TaskID: [Scope]] = [:]
    var opening: [TaskID: Scope] = [:]
    var sleeps: [TaskID: Sleep] = [:]
    /// Whether the call of a task must succeed.
    var answers: [TaskID: Bool] = [:]
    var faults: [String] = []

    mutating func follow(_ event: Event) {
      let task = event.task
      switch event.action {
      case .spawned: scopes[task] = [Scope(number: 0, isShield: false)]
      case .dispatched: expire(at: event.tick)
      case .woke: expire(at: event.tick)
      case .trapped(let call): trap(call, task, event.tick)
      case .replied(let reply):
        compare(task, true)
        if let scope = opening.removeValue(forKey: task) {
          scopes[task]?.append(
            Scope(
              number: Int(reply.description) ?? -1,
              isShield: scope.isShield,
              deadline: scope.deadline
            )
          )
        }
      case .refused: compare(task, false)
      case .cancelled:
        // A scope whose time is up is told as a cancellation, too: the model knows that by itself.
        if case .cancelled(_, let reason) = event.action, reason != "its time is up" {
          scopes[task]?[0].isCancelled = true
          interrupt(task)
        }
      case .killed, .exited:
        scopes[task] = nil
        sleeps[task] = nil
        answers[task] = nil
        opening[task] = nil
      default: break
      }
    }

    /// Whether a cancelled scope reaches a task past all shields between the two.
    private func isReached(_ task: TaskID) -> Bool {
      for scope in (scopes[task] ?? []).reversed() {
        if scope.isCancelled { return true }
        if scope.isShield { return false }
      }
      return false
    }

    private mutating func interrupt(_ task: TaskID) {
      guard sleeps[task] != nil, isReached(task) else { return }
      sleeps[task] = nil
      answers[task] = false
    }

    /// Scopes were opened before the sleeps in them, so their times come first.
    private mutating func expire(at tick: Tick) {
      for task in scopes.keys {
        for index in (scopes[task] ?? []).indices {
          if let deadline = scopes[task]?[index].deadline, deadline <= tick {
            scopes[task]?[index].deadline = nil
            scopes[task]?[index].isCancelled = true
          }
        }
        interrupt(task)
        if let sleep = sleeps[task], sleep.deadline <= tick {
          sleeps[task] = nil
          answers[task] = true
        }
      }
    }

    private mutating func trap(_ call: CallSummary, _ task: TaskID, _ tick: Tick) {
      let number = call.arguments.split(separator: " ").last.flatMap { Int($0) }
      switch call.name {
      case "OpenScope":
        opening[task] = Scope(
          number: 0,
          isShield: call.arguments == "shield",
          deadline: number.map { tick + 1 + $0 }
        )
        answers[task] = true
      case "CloseScope":
        if let index = scopes[task]?.firstIndex(where: { $0.number == number }) {
          scopes[task]?.removeSubrange(index...)
        }
        answers[task] = true
      case "Sleep":
        if isReached(task) {
          answers[task] = false
        } else if let number, number > 0 {
          sleeps[task] = Sleep(deadline: tick + 1 + number)
        } else {
          answers[task] = true
        }
      default: answers[task] = true
      }
    }

    private mutating func compare(_ task: TaskID, _ hasSucceeded: Bool) {
      guard let expected = answers.removeValue(forKey: task) else {
        return faults.append("task \(task) got an answer that it should still wait for")
      }
      if expected != hasSucceeded {
        faults.append("the call of task \(task) " + (hasSucceeded ? "succeeded" : "failed"))
      }
    }

    mutating func takeFaults(_ scheduler: Scheduler) -> [String] {
      defer { faults = [] }
      for task in scheduler.tasks() where task.state.kind == .sleeping && sleeps[task.tid] == nil {
        faults.append("task \(task.tid) should not wait")
      }
      return faults
    }
  }

  @Test(arguments: 1...4) func `cancellations reach who is not behind a shield`(seed: Int) throws {
    try RandomRun(seed: seed, rounds: RandomRun.rounds, scheduler: Scheduler(seed: UInt64(seed)))
      .check(Model()) { random, _ in
        Sleeper(
          random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
          left: 5 + random.next(below: 40)
        )
      }
  }
}
