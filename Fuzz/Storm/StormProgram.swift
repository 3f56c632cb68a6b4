package import CorosKernel
import CorosSync

/// The state that the tasks of a storm share: the task ids they know, and how to make a child.
package final class StormWorld {
  let mixesForms: Bool
  let escapes: Bool
  /// Some of the tasks so far, old and new.
  private var known: [TaskID] = []
  private var newest: TaskID = 0
  private var made = 0
  /// What the tasks share; nil in storms without.
  let objects: StormObjects?

  /// The number of system calls made, including the operator's.
  var calls = 0
  /// The number of async functions entered, and returned from.
  var entered = 0
  var left = 0

  package convenience init(mixesForms: Bool) { self.init(mixesForms: mixesForms, sharing: nil) }

  init(mixesForms: Bool, escapes: Bool = false, sharing objects: StormObjects?) {
    self.mixesForms = mixesForms
    self.escapes = escapes
    self.objects = objects
  }

  /// The code of a task; with mixed forms every other task is an async function.
  package func code(seed: UInt64) -> TaskCode { code(seed: seed, home: nil) }

  /// The code of a task of a group.
  func code(seed: UInt64, home: Group?) -> TaskCode {
    made += 1
    let program = StormProgram(
      random: RandomSource(seed: seed),
      world: self,
      own: StormBelongings(home: home)
    )
    return mixesForms && made.isMultiple(of: 2) ? .body(program.body) : .machine(program)
  }

  func note(_ tid: TaskID, _ random: inout RandomSource) {
    newest = max(newest, tid)
    let most = 1_000
    if known.count < most { known.append(tid) } else { known[random.next(below: most)] = tid }
  }

  /// A recent task, the next task to be created, or any earlier task.
  func someTask(_ random: inout RandomSource) -> TaskID {
    if known.isEmpty || random.next(below: 3) > 0 {
      return TaskID(rawValue: max(0, newest.rawValue + 2 - random.next(below: 40)))
    }
    return known[random.next(below: known.count)]
  }
}

/// Makes random system calls; both forms make the same calls from the same seed.
struct StormProgram: StateMachine {
  var random: RandomSource
  let world: StormWorld
  var own = StormBelongings()

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .start: break
    case .done: own.noteUsualReply()
    case .reply(let value):
      if let tid = value as? TaskID { world.note(tid, &random) }
      own.note(reply: value)
    case .failure(let error):
      // Most tasks end when asked to; some resist for a while.
      if error is Termination, random.next(below: 4) > 0 { return .threw(error) }
    }
    switch random.next(below: 6_000) {
    case 0..<100: return .returned
    case 100..<200: return .threw(StormError())
    case 200 where world.escapes: return .escaped
    default:
      world.calls += 1
      let call = own.takeNext() ?? random.nextCall(in: world, &own)
      own.note(call)
      return .call(call)
    }
  }

  /// The same program as an async function, with calls at various stack depths and children that try to trap.
  var body: TaskBody {
    { os in
      var program = self
      var resumption = Resumption.start
      world.entered += 1
      defer { world.left += 1 }
      while true {
        // A copy of the random source, so that both forms draw the same numbers.
        var dice = program.random
        let trap = program.resume(with: resumption)
        switch trap {
        case .returned: return
        case .escaped:
          // Long enough to be seen on a busy machine. Return afterwards, because the time of the return is
          // not deterministic.
          try await Task.sleep(for: .seconds(1))
          return
        case .threw(let error): throw error
        case .call, .short:
          guard let call = trap.systemCall else { return }
          if dice.next(below: 50) == 0 { await trapFromChildTasks(os) }
          do {
            resumption = .reply(try await make(call, os, depth: dice.next(below: 6)))
          } catch {
            resumption = .failure(error)
          }
        }
      }
    }
  }

  private func make(
    _ call: any SystemCall,
    _ os: SystemInterface,
    depth: Int
  ) async throws -> Any {
    world.entered += 1
    defer { world.left += 1 }
    return depth == 0 ? try await os.call(call) : try await make(call, os, depth: depth - 1)
  }

  /// Lets child tasks attempt calls that only the task itself may make.
  private func trapFromChildTasks(_ os: SystemInterface) async {
    async let tid = os.getTid()
    _ = try? await tid
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<2 { group.addTask { try? await os.yield() } }
    }
  }
}

/// An arbitrary error.
private struct StormError: Error, CustomStringConvertible {
  var description: String { "a storm error" }
}

extension RandomSource {
  mutating func nextTime() -> Tick {
    next(below: 20) - 1
  }

  mutating func nextTimeout() -> Tick? {
    switch next(below: 20) {
    case 0..<10: nil
    case 10: next(below: 3) == 0 ? .max : .max / 3
    default: nextTime()
    }
  }

  mutating func nextChannel() -> WaitChannel {
    WaitChannel("channel \(next(below: 3))")
  }

  /// A random system call with random arguments.
  mutating func nextCall(
    in world: StormWorld,
    _ own: inout StormBelongings
  ) -> any SystemCall {
    if let objects = world.objects, next(below: 3) == 0 {
      return nextSharingCall(on: objects, in: world, &own)
    }
    switch next(below: 49) {
    case 0...7: return Yield()
    case 8...10: return Compute()
    case 11...16: return NewTask("storm", world.code(seed: next()))
    case 17...18: return KillTask(world.someTask(&self))
    case 19...20: return WaitTask(world.someTask(&self), timeout: nextTimeout())
    case 21...22: return WaitAnyChild(timeout: nextTimeout())
    case 23...24: return Sleep(nextTime())
    case 25: return PerformIO(nextTime())
    case 26: return StopTask(world.someTask(&self))
    case 27...28: return ContinueTask(world.someTask(&self))
    case 29...30:
      return Listen(channel: nextChannel(), rounds: next(below: 3), timeout: nextTimeout())
    case 31...33: return Signal(channel: nextChannel(), isForAll: next(below: 3) == 0)
    case 34: return Exit(next(below: 5))
    case 35: return GetTid()
    case 36: return GetParent()
    case 37: return GetTime()
    case 38: return Random(below: next(below: 4))
    case 39...40: return Link(target: world.someTask(&self))
    case 41:
      return ActOnEnd(
        target: world.someTask(&self),
        victims: nextVictims(in: world),
        heir: world.code(seed: next())
      )
    case 42:
      return ActAndBlock(
        victims: nextVictims(in: world),
        channel: nextChannel(),
        deadline: next(below: 2) == 0 ? nil : next(below: 2_000)
      )
    case 44: return SetPriority(next(below: 22) - 10, of: nextTarget(in: world))
    case 45: return SetTickets(next(below: 200), of: nextTarget(in: world))
    case 46: return SetNice(next(below: 42) - 21, of: nextTarget(in: world))
    case 43: return WaitForAnything(reason: nextReason(in: world), deadline: nextTimeout())
    default: return Write("\(next(below: 100))")
    }
  }

  /// A random task, or the caller itself.
  private mutating func nextTarget(in world: StormWorld) -> TaskID? {
    next(below: 2) == 0 ? nil : world.someTask(&self)
  }

  private mutating func nextVictims(in world: StormWorld) -> [TaskID] {
    (0..<next(below: 4)).map { _ in world.someTask(&self) }
  }

  private mutating func nextReason(in world: StormWorld) -> WaitReason {
    switch next(below: 5) {
    case 0: .task(world.someTask(&self))
    case 1: .anyChild
    case 2: .time
    case 3: .arrival
    default: .outside
    }
  }
}
