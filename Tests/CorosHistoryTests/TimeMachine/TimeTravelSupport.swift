import CorosHistory
import CorosKernel
import CorosTestSupport

/// A bit of everything, as a value; `body` does the same as an async function.
struct Traveller: StateMachine {
  let rounds: Int
  let mixesForms: Bool
  var round = 0
  var child: TaskID?

  init(rounds: Int, mixesForms: Bool = false) {
    (self.rounds, self.mixesForms) = (rounds, mixesForms)
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption {
      return error is Termination ? .threw(error) : .call(Write("refused"))
    }
    if case .reply(let reply) = resumption, let tid = reply as? TaskID { child = tid }
    round += 1
    if round > rounds { return .returned }
    switch round % 8 {
    case 0: return .call(Write("round \(round)"))
    case 1: return .compute
    case 2: return .call(Sleep(round % 5))
    case 3: return .call(Random(below: 100))
    case 4 where rounds > 6:
      let code = Traveller(rounds: rounds / 2, mixesForms: mixesForms)
      return .call(
        NewTask("child", mixesForms && round % 16 == 4 ? .body(code.body) : .machine(code))
      )
    case 5:
      if let child { return .call(WaitTask(child, timeout: round % 3 == 0 ? 4 : nil)) }
      return .yield
    case 6: return .call(SetPriority(round % 4))
    default: return .yield
    }
  }

  var body: TaskBody {
    { os in
      var program = self
      var resumption = Resumption.start
      while true {
        let trap = program.resume(with: resumption)
        switch trap {
        case .returned, .escaped: return
        case .threw(let error): throw error
        case .call, .short:
          guard let call = trap.systemCall else { return }
          do { resumption = .reply(try await os.call(call)) } catch { resumption = .failure(error) }
        }
      }
    }
  }
}

enum Form: CaseIterable {
  case machine, async, mixed

  func code(rounds: Int) -> TaskCode {
    switch self {
    case .machine: .machine(Traveller(rounds: rounds))
    case .async: .body(Traveller(rounds: rounds).body)
    case .mixed: .machine(Traveller(rounds: rounds, mixesForms: true))
    }
  }
}

/// All policies that choose by themselves.
func policiesToTravelUnder() -> [any SchedulingPolicy] {
  [
    RoundRobin(), RoundRobin(quantum: 3), FirstInFirstOut(), ShortestJobFirst(),
    ShortestTimeToCompletionFirst(), HighestPriorityFirst(), MultilevelFeedback(.init(boost: 7)),
    Lottery(), Stride(), FairShare(),
  ]
}

/// The visible state of a scheduler.
func picture(_ scheduler: Scheduler) -> [String] {
  scheduler.tasks(includingEnded: true).map { "\($0) \(scheduler.sortKey(of: $0.tid) ?? "")" } + [
    "\(scheduler.now) \(scheduler.idleTicks) \(scheduler.switches) \(scheduler.preemptions)",
    "\(scheduler.readyQueue) \(scheduler.waitQueues)",
    "\(String(describing: scheduler.sliceHolder)) \(String(describing: scheduler.nextDeadline))",
    "\(String(describing: scheduler.lastDispatched)) \(scheduler.endedTaskCount)",
    "\(scheduler.policyDescription) \(scheduler.seed) \(scheduler.taskLimit)",
    "\(scheduler.hardware) \(scheduler.switchingTicks)",
  ]
}

extension EventLog {
  /// The events without their numbers, which depend on the other observers.
  var story: [String] { events.map { "\($0.tick) \($0.task) \($0.action)" } }
}

/// Gives random orders to a time machine, and records the state at each moment of each branch.
final class Wanderer {
  struct Sight: Equatable {
    let picture: [String]
    let story: [String]
  }

  let machine: TimeMachine
  let log = EventLog(limit: 200)
  private(set) var sights: [Int: [Int: Sight]] = [:]
  private var random: RandomSource
  private let form: Form

  init(_ form: Form, policy: any SchedulingPolicy, seed: UInt64) {
    self.form = form
    random = RandomSource(seed: seed)
    machine = TimeMachine { Scheduler(policy: policy, seed: 3, limits: Limits(tasks: 60)) }
    machine.add(log)
    look()
  }

  func sight(_ branch: Int, _ moment: Int) -> Sight? { sights[branch]?[moment] }

  var present: Sight { Sight(picture: picture(machine.scheduler), story: log.story) }

  /// The first differences between the present state and the recorded one.
  func differences(from sight: Sight?) -> [String] {
    guard let sight else { return ["never seen: branch \(machine.branch), \(machine.moment)"] }
    let now = present
    if now == sight { return [] }
    func first(_ left: [String], _ right: [String]) -> [String] {
      let same = zip(left, right).prefix { $0 == $1 }.count
      return [left, right].map { $0.dropFirst(same).first ?? "nothing" }
    }
    return ["branch \(machine.branch), moment \(machine.moment)"]
      + (now.picture == sight.picture
        ? first(now.story, sight.story) : first(now.picture, sight.picture))
  }

  /// Records the present state.
  func look() { sights[machine.branch, default: [:]][machine.moment] = present }

  func chance(_ bound: Int) -> Int { random.next(below: bound) }

  /// Gives a random order that continues the run.
  func order() {
    let machine = machine
    switch chance(12) {
    case 0, 1:
      let (form, rounds) = (form, chance(40))
      _ = try? machine.act("spawn \(rounds)") { scheduler throws(SystemCallError) in
        try scheduler.createTask("traveller", form.code(rounds: rounds))
      }
    case 2: _ = try? machine.perform(KillTask(someTask()))
    case 3: _ = try? machine.perform(StopTask(someTask()))
    case 4: _ = try? machine.perform(ContinueTask(someTask()))
    case 5:
      let patience = chance(20)
      machine.begin(WaitTask(someTask(), timeout: chance(2) == 0 ? nil : chance(9)))
      look()
      var steps = 0
      while machine.isWaiting, steps < patience {
        machine.step()
        look()
        steps += 1
      }
      if machine.isWaiting {
        machine.giveUpCall()
      } else {
        _ = try? machine.takeAnswer(to: WaitTask.self)
      }
    case 6 where chance(3) == 0:
      machine.use(policiesToTravelUnder()[chance(10)])
    case 7 where chance(3) == 0: machine.reseed(UInt64(chance(100)))
    case 9 where chance(3) == 0:
      let hardware = Hardware(switchTicks: chance(4), device: chance(2) == 0 ? .own : .shared)
      machine.act("machine") { $0.hardware = hardware }
    case 8:
      machine.run(ticks: chance(12)) { [self] _ in
        look()
        return false
      }
    default:
      for _ in 0..<chance(9) {
        machine.step()
        look()
      }
    }
    look()
  }

  /// Copies the states of a branch before a moment to the present branch.
  func inherit(from branch: Int, upTo moment: Int) {
    let shared = sights[branch, default: [:]].filter { $0.key <= moment }
    sights[machine.branch, default: [:]].merge(shared) { present, _ in present }
  }

  private func someTask() -> TaskID { TaskID(rawValue: 1 + chance(12)) }
}
