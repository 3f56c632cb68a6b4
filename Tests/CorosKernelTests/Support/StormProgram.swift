import CorosKernel
import CorosTestSupport

/// What the tasks of a storm share: the newest id, to aim at, and how a child is made.
final class Storm {
  var newest: TaskID = 0
  var made = 0
  let mixesForms: Bool

  init(mixesForms: Bool) {
    self.mixesForms = mixesForms
  }

  /// A task's code; with mixed forms every other one is an async body.
  func code(seed: UInt64) -> TaskCode {
    made += 1
    let program = StormProgram(random: RandomSource(seed: seed), storm: self)
    return mixesForms && made.isMultiple(of: 2) ? .body(program.body) : .machine(program)
  }
}

/// Makes random system calls: the same ones, from the same seed, in either form.
struct StormProgram: StateMachine {
  var random: RandomSource
  let storm: Storm

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .start: break
    case .done: note(())
    case .reply(let value): note(value)
    case .failure(let error):
      // Most obey an order to end; some resist for a while.
      if error is Termination, random.next(below: 4) > 0 { return .threw(error) }
    }
    switch random.next(below: 60) {
    case 0: return .returned
    case 1: return .threw(Mishap())
    case 2: return .yield
    case 3: return .compute
    default: return .call(nextCall())
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
        case .call, .yield, .compute:
          guard let call = trap.systemCall else { return }
          do {
            resumption = .reply(try await os.call(call))
          } catch {
            resumption = .failure(error)
          }
        }
      }
    }
  }

  private func note(_ value: Any) {
    if let tid = value as? TaskID { storm.newest = max(storm.newest, tid) }
  }

  private mutating func someTask() -> TaskID {
    TaskID(rawValue: max(0, storm.newest.rawValue + 2 - random.next(below: 40)))
  }

  private mutating func someTime() -> Tick {
    random.next(below: 20) - 1
  }

  private mutating func someTimeout() -> Tick? {
    random.next(below: 2) == 0 ? nil : someTime()
  }

  private mutating func someChannel() -> WaitChannel {
    WaitChannel("channel \(random.next(below: 3))")
  }

  private mutating func nextCall() -> any SystemCall {
    switch random.next(below: 43) {
    case 0...7: return Yield()
    case 8...10: return Compute()
    case 11...16: return NewTask("storm", storm.code(seed: random.next()))
    case 17...18: return KillTask(someTask())
    case 19...20: return WaitTask(someTask(), timeout: someTimeout())
    case 21...22: return WaitAnyChild(timeout: someTimeout())
    case 23...25: return Sleep(someTime())
    case 26: return StopTask(someTask())
    case 27...28: return ContinueTask(someTask())
    case 29...30:
      return Listen(channel: someChannel(), rounds: random.next(below: 3), timeout: someTimeout())
    case 31...33: return Signal(channel: someChannel(), isForAll: random.next(below: 3) == 0)
    case 34: return Exit(random.next(below: 5))
    case 35: return GetTid()
    case 36: return GetParent()
    case 37: return GetTime()
    case 38: return Random(below: random.next(below: 4))
    case 39: return SetNice(random.next(below: 44) - 22, of: someTask())
    case 40: return SetTickets(random.next(below: 500), of: someTask())
    case 41: return SetPriority(random.next(below: 9) - 4)
    default: return Write("\(random.next(below: 100))")
    }
  }
}

/// Waits on a channel, and a few times once more after each signal.
struct Listen: SystemCall {
  let channel: WaitChannel
  let rounds: Int
  let timeout: Tick?
  private let signals = Counter()

  private final class Counter { var count = 0 }

  init(channel: WaitChannel, rounds: Int, timeout: Tick?) {
    (self.channel, self.rounds, self.timeout) = (channel, rounds, timeout)
  }

  func handle(in kernel: KernelContext) -> Disposition<Int> {
    do {
      return .block(on: .channel(channel), until: try kernel.deadline(after: timeout))
    } catch {
      return .fail(error)
    }
  }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Int> {
    guard case .signalled = wakeup else { return .fail(SystemCallError.timedOut) }
    signals.count += 1
    return signals.count > rounds ? .reply(signals.count) : handle(in: kernel)
  }
}

/// Wakes one task that waits on a channel, or all of them.
struct Signal: SystemCall {
  let channel: WaitChannel
  let isForAll: Bool

  func handle(in kernel: KernelContext) -> Disposition<Int> {
    if isForAll { return .reply(kernel.wakeAll(channel)) }
    return .reply(kernel.wake(channel) ? 1 : 0)
  }
}
