import CorosKernel
import CorosSync
import Testing

/// Groups, scopes, kills, cancellations, times and priorities at random, beside a kernel of the tests' own: every event, and
/// who runs next.
@Suite(.timeLimit(.minutes(15))) struct GroupModelTests {
  /// What the task that runs does in its step, for the model, and what the model has to say to it.
  private final class Wish {
    var runner: TaskID = 0
    var call = GroupModel.Call.ends
    var opened: [TaskID: Int] = [:]
  }

  private struct Boom: Error, CustomStringConvertible {
    var description: String { "boom" }
  }

  private struct Known {
    let group: Group
    let number: Int
  }

  /// A task that makes random calls: a value, so that it can be copied.
  private struct Worker: StateMachine {
    let wish: Wish
    var random: RandomSource
    var left: Int
    let home: Known?
    var groups: [Known] = []
    var scopes: [Int] = []

    mutating func resume(with resumption: Resumption) -> Trap {
      switch resumption {
      case .failure(let error as Termination): return .threw(error)
      case .failure(let error as Cancelled) where random.next(below: 3) == 0:
        wish.call = .throwsCause
        return .threw(error)
      case .reply(let group as Group):
        groups.append(Known(group: group, number: wish.opened[wish.runner] ?? 0))
      case .reply(let scope as Int): scopes.append(scope)
      case .start, .done, .reply, .failure: break
      }
      guard left > 0 else {
        let isBad = random.next(below: 5) == 0
        wish.call = isBad ? .throwsError : .ends
        return isBad ? .threw(Boom()) : .returned
      }
      left -= 1
      return next()
    }

    private func make(_ call: GroupModel.Call, _ real: any SystemCall) -> Trap {
      wish.call = call
      return .call(real)
    }

    private mutating func someTask() -> TaskID {
      TaskID(rawValue: max(1, wish.runner.rawValue - 8 + random.next(below: 14)))
    }

    private mutating func someTimeout() -> Tick? {
      random.next(below: 3) == 0 ? random.next(below: 9) : nil
    }

    private mutating func next() -> Trap {
      let known = groups + (home.map { [$0] } ?? [])
      switch random.next(below: 32) {
      case 0..<3 where groups.count < 3:
        let isAny = random.next(below: 3) == 0
        return make(.openGroup(isAny: isAny), OpenGroup(wait: isAny ? .any : .all))
      case 3..<9 where !known.isEmpty: return spawn(in: known[random.next(below: known.count)])
      case 9..<11 where !known.isEmpty:
        let group = known[random.next(below: known.count)]
        let timeout = someTimeout()
        return make(
          .next(group.number, timeout: timeout),
          NextInGroup(group.group, timeout: timeout)
        )
      case 11 where !known.isEmpty:
        let group = known[random.next(below: known.count)]
        let reason = "enough of \(left)"
        return make(.cancelGroup(group.number, reason), CancelGroup(group.group, because: reason))
      case 12..<16 where !known.isEmpty:
        let isLast = random.next(below: 4) > 0 && !groups.isEmpty
        let group = isLast ? groups[groups.count - 1] : known[random.next(below: known.count)]
        let failure = random.next(below: 6) == 0 ? "the body failed" : nil
        if random.next(below: 8) > 0 { groups.removeAll { $0.number == group.number } }
        return make(
          .closeGroup(group.number, failure: failure),
          CloseGroup(group.group, failure: failure)
        )
      case 16..<19:
        let (timeout, isShield) = (someTimeout(), random.next(below: 3) == 0)
        return make(
          .openScope(timeout: timeout, isShield: isShield),
          OpenScope(timeout: timeout, isShield: isShield)
        )
      case 19..<21:
        let scope = scopes.popLast() ?? random.next(below: 4)
        return make(.closeScope(scope), CloseScope(scope))
      case 21: return make(.yield, Yield())
      case 22: return make(.compute, Compute())
      case 23:
        let target = someTask()
        return make(.cancel(target, "by chance"), CancelTask(target, because: "by chance"))
      case 24 where random.next(below: 2) == 0:
        let target = someTask()
        return make(.kill(target), KillTask(target))
      case 25 where random.next(below: 4) == 0:
        let code = random.next(below: 2)
        return make(.exit(code), Exit(code))
      case 26, 27:
        let priority = random.next(below: 5)
        return make(.setPriority(priority, nil), SetPriority(priority))
      default:
        let ticks = random.next(below: 6)
        return make(.sleep(ticks), Sleep(ticks))
      }
    }

    private mutating func spawn(in group: Known) -> Trap {
      let isServant = random.next(below: 4) == 0
      let child = Worker(
        wish: wish,
        random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
        left: random.next(below: 12),
        home: group
      )
      return make(
        .spawn(group.number, asServant: isServant),
        SpawnInGroup(group.group, "child", asServant: isServant, .machine(child))
      )
    }
  }

  /// Notes events as text, as the model has them.
  private final class Scribe: Observer {
    let interests: Event.Kinds = [.lives, .dispatches, .calls, .waits, .stops]
    let wish: Wish
    var events: [String] = []

    init(_ wish: Wish) { self.wish = wish }

    func observe(_ event: Event) {
      if case .dispatched = event.action { wish.runner = event.task }
      events.append("\(event.tick) #\(event.task) \(words(event.action))")
    }

    private func words(_ action: Event.Action) -> String {
      switch action {
      case .spawned(_, let parent): "is created by \(parent)"
      case .dispatched: "runs"
      case .trapped: "calls"
      case .replied(let reply): "gets \(reply)"
      case .refused(let why): "fails: \(why)"
      case .blocked(let reason, let end): "waits for \(reason) until \(end.map { "\($0)" } ?? "-")"
      case .woke(let why): "wakes: \(why)"
      case .stopped(let by): "is stopped by \(by)"
      case .continued(let by): "continues by \(by)"
      case .cancelled(let by, let reason): "is cancelled by \(by): \(reason)"
      case .killed(let by): "is killed by \(by)"
      case .exited(let status): "ends: \(status)"
      default: "\(action)"
      }
    }
  }

  private static let rules: [GroupModel.Rule] = [
    .turns(1), .turns(3), .priority, .turns(.max), .turns(1), .priority,
  ]

  private static func policy(_ rule: GroupModel.Rule) -> any SchedulingPolicy {
    switch rule {
    case .turns(.max): FirstInFirstOut()
    case .turns(let quantum): RoundRobin(quantum: quantum)
    case .priority: HighestPriorityFirst()
    }
  }

  /// Does one thing to the machine and to the model; what is otherwise than it should be.
  private struct Bench {
    let scheduler: Scheduler
    let wish: Wish
    let scribe: Scribe
    var model: GroupModel

    private mutating func perform<Call: SystemCall>(
      _ call: Call,
      _ expected: GroupModel.Call
    ) throws {
      try scheduler.perform(call)
      model.apply(expected, by: .operator)
    }

    mutating func create(_ random: inout RandomSource) throws {
      let worker = Worker(
        wish: wish,
        random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
        left: 5 + random.next(below: 40),
        home: nil
      )
      try scheduler.createTask("worker", machine: worker)
      _ = model.create(by: .operator)
    }

    mutating func disturb(_ victim: TaskID, _ random: inout RandomSource) throws {
      switch random.next(below: 8) {
      case 0, 1: try perform(KillTask(victim), .kill(victim))
      case 2, 3: try perform(CancelTask(victim, because: "you"), .cancel(victim, "you"))
      case 4: try perform(StopTask(victim), .stop(victim))
      case 5, 6:
        for task in model.members.keys.sorted() {
          try perform(ContinueTask(task), .resume(task))
        }
      default:
        let priority = random.next(below: 5)
        try perform(SetPriority(priority, of: victim), .setPriority(priority, victim))
      }
    }

    /// Makes a step; false when nothing can run.
    mutating func step() -> (ran: Bool, faults: [String]) {
      var faults: [String] = []
      let foreseen = scheduler.nextChoice.task
      wish.opened = model.opened
      let result = scheduler.step()
      model.isUncertain = false
      let runner = model.beginStep()
      if foreseen != runner, !model.isUncertain {
        faults.append("\(foreseen ?? 0) was foreseen, not \(runner ?? 0)")
      }
      guard let runner else {
        if case .dispatched(let task) = result { faults.append("\(task) ran, and none could") }
        return (false, faults)
      }
      model.apply(wish.call, by: runner)
      model.now += 1
      return (true, faults)
    }

    /// What is otherwise since this was asked last.
    mutating func takeFaults() -> [String] {
      var faults = scheduler.brokenInvariants()
      if scribe.events != model.events {
        let same = zip(scribe.events, model.events).prefix { $0 == $1 }.count
        faults.append("found \(scribe.events[same...]), not \(model.events[same...])")
      }
      scribe.events = []
      model.events = []
      let found = scheduler.objects.map { "\($0.name): \($0.summary)" }.sorted()
      let expected = model.families.map { "group \($0.key): \($0.value.summary)" }.sorted()
      if found != expected { faults.append("\(found) are there, not \(expected)") }
      if scheduler.now != model.now {
        faults.append("it is tick \(scheduler.now), not \(model.now)")
      }
      return faults
    }
  }

  @Test(arguments: rules.indices) func `groups and scopes do what they should, event for event`(
    seed: Int
  ) throws {
    let rule = Self.rules[seed]
    let wish = Wish()
    let scribe = Scribe(wish)
    let scheduler = Scheduler(policy: Self.policy(rule), seed: UInt64(seed))
    scheduler.add(scribe)
    var bench = Bench(scheduler: scheduler, wish: wish, scribe: scribe, model: GroupModel(rule))
    var random = RandomSource(seed: UInt64(seed + 1) &* 7_919)
    var kept: (checkpoint: Checkpoint, model: GroupModel)?
    for round in 1...RandomRun.rounds * 2 {
      var faults: [String] = []
      while scheduler.liveTaskCount < 4 { try bench.create(&random) }
      let tasks = scheduler.tasks().map(\.tid)
      switch random.next(below: 80) {
      case 0..<6: try bench.disturb(tasks[random.next(below: tasks.count)], &random)
      case 6: kept = (try scheduler.checkpoint(), bench.model)
      case 7:
        if let kept {
          scheduler.restore(kept.checkpoint)
          // What has been made in this round has happened in both.
          let events = bench.model.events
          bench.model = kept.model
          bench.model.events = events
        }
      default:
        let (ran, found) = bench.step()
        faults = found
        if !ran || tasks.count > 40 {
          try scheduler.perform(KillTask(tasks[0]))
          bench.model.apply(.kill(tasks[0]), by: .operator)
        }
      }
      faults += bench.takeFaults()
      #expect(faults == [], "seed \(seed), round \(round)")
      if !faults.isEmpty { return }
    }
  }
}
