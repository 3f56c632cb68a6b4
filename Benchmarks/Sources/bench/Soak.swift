import ArgumentParser
import CorosKernel

extension Bench {
  /// Runs one scheduler for a long time while tasks come and go, and reports the resident memory.
  struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Runs for a long time while tasks come and go, and reports the memory; it should stay flat."
    )

    @Argument(help: "The number of dispatches.")
    var dispatches = 100_000_000

    @Flag(help: "Print one JSON object per line instead of a table.")
    var json = false

    func validate() throws {
      if dispatches < 100 { throw ValidationError("There must be at least 100 dispatches.") }
    }

    func run() throws {
      let soak = Soaking()
      var readings: [SoakReading] = []
      for percent in [1, 25, 50, 75, 100] {
        try soak.run(until: dispatches / 100 * percent)
        let reading = soak.reading(percent: percent)
        readings.append(reading)
        if json { print(reading.json) }
        Diagnostics.progress("\(percent) %")
      }
      Diagnostics.progress("")
      if !json { print(Report.soak(readings)) }
      let faults = soak.scheduler.brokenInvariants()
      if !faults.isEmpty { throw ValidationError("the kernel is broken: \(faults)") }
    }
  }
}

/// One reading during a long run.
struct SoakReading {
  let percent: Int
  let dispatches: Int
  let tasksEnded: Int
  let tasksAlive: Int
  let bytes: Double?

  var json: String {
    "{\"name\":\"soak\",\"percent\":\(percent),\"dispatches\":\(dispatches),"
      + "\"tasks_ended\":\(tasksEnded),\"tasks_alive\":\(tasksAlive),"
      + "\"resident_bytes\":\(bytes.map { "\(Int($0))" } ?? "null")}"
  }
}

/// A thousand tasks that do everything tasks can do, each with a unique name; others replace those that end.
///
/// One in eight is an async function.
///
/// They spawn, wait, sleep, time out, use channels once, kill and are killed, fail, and write. Observers keep
/// what the shell's would: the last events, and the output.
private final class Soaking {
  let scheduler = Scheduler(seed: 1)
  private let log = EventLog([.lives, .output], limit: 1_000)
  private let crowd = 1_000
  private let census = Census()
  private var dispatched = 0

  init() {
    scheduler.add(log)
  }

  func run(until dispatches: Int) throws {
    while dispatched < dispatches {
      while scheduler.liveTaskCount < crowd { try createTask() }
      switch scheduler.step() {
      case .dispatched: dispatched += 1
      case .stalled: try createTask()
      }
      // From time to time the operator examines the machine, and kills one of the oldest tasks.
      if dispatched.isMultiple(of: 1_000),
        let oldest = scheduler.tasks().first(where: { _ in true })
      {
        try scheduler.perform(KillTask(oldest.tid))
      }
    }
  }

  func reading(percent: Int) -> SoakReading {
    SoakReading(
      percent: percent,
      dispatches: dispatched,
      tasksEnded: scheduler.endedTaskCount,
      tasksAlive: scheduler.liveTaskCount,
      bytes: ResidentMemory.now
    )
  }

  private func createTask() throws {
    census.born += 1
    let life = Life(in: census)
    let name = "task number \(census.born)"
    if census.born.isMultiple(of: 8) {
      census.newest = try scheduler.createTask(name) { os in
        while let call = life.next() {
          do {
            _ = try await os.call(call)
          } catch is SystemCallError {}
        }
      }
    } else {
      census.newest = try scheduler.createTask(name, machine: LifeMachine(life: life))
    }
  }
}

/// What the tasks know about each other.
private final class Census {
  var born = 0
  var newest: TaskID = 0
}

/// The calls of one task, about a dozen.
private final class Life {
  private let census: Census
  private let number: Int
  private var left: Int
  private var random: RandomSource

  init(in census: Census) {
    self.census = census
    number = census.born
    random = RandomSource(seed: UInt64(number))
    left = 4 + random.next(below: 16)
  }

  func next() -> (any SystemCall)? {
    guard left > 0 else { return nil }
    left -= 1
    switch random.next(below: 12) {
    case 0: return NewTask("child \(left) of \(number)", .machine(ChildMachine()))
    case 1: return WaitAnyChild(timeout: 50)
    case 2: return WaitTask(neighbour(), timeout: 20)
    case 3: return Sleep(random.next(below: 100))
    case 4: return Listen(channel: WaitChannel("channel \(number) \(left)"))
    case 5: return Listen(channel: "commons")
    case 6: return Signal(channel: "commons")
    case 7: return KillTask(neighbour())
    case 8: return Write("task \(number) has \(left) to go")
    case 9: return Compute()
    default: return Yield()
    }
  }

  /// A recent task, alive or not.
  private func neighbour() -> TaskID {
    TaskID(rawValue: max(1, census.newest.rawValue - random.next(below: 1_000)))
  }
}

private struct LifeMachine: StateMachine {
  let life: Life

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption, error is Termination { return .threw(error) }
    return life.next().map { .call($0) } ?? .returned
  }
}

private struct ChildMachine: StateMachine {
  private var hasSlept = false

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    defer { hasSlept = true }
    return hasSlept ? .returned : .call(Sleep(5))
  }
}

/// Waits for a signal with a timeout: an armed timer that rarely fires.
private struct Listen: SystemCall {
  let channel: WaitChannel

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .block(on: .channel(channel), until: kernel.now + 200)
  }
}

private struct Signal: SystemCall {
  let channel: WaitChannel

  func handle(in kernel: KernelContext) -> Disposition<Int> { .reply(kernel.wakeAll(channel)) }
}
