import CorosKernel
import CorosTestSupport

@testable import CorosMachine

/// A program that runs on a scheduler of its own.
struct MachineRun {
  let scheduler: Scheduler
  let tids: [TaskID]
  private let log = EventLog()

  init(
    _ text: String,
    _ settings: String...,
    policy: any SchedulingPolicy = TimerRoundRobin(interval: 50)
  ) throws {
    try self.init(text, settings: settings, policy: policy)
  }

  init(_ text: String, settings: [String], policy: any SchedulingPolicy) throws {
    scheduler = Scheduler(policy: policy)
    scheduler.add(log)
    var words = LoadSettings()
    for word in settings { try words.set(word) }
    tids = try scheduler.load(AssemblyLoad(text, name: "test.s", words))
  }

  /// What a cell contains.
  func cell(_ word: String) throws -> Int? {
    guard let view = scheduler.memoryView(), let cell = view.cell(named: word) else { return nil }
    return try view.value(of: cell)
  }

  func registers(_ thread: Int) -> ThreadState? { scheduler.registers(of: tids[thread]) }

  func status(_ thread: Int) -> ExitStatus? {
    if case .exited(let status)? = scheduler.info(tids[thread])?.state { status } else { nil }
  }

  /// The threads that had the CPU, from 0, each with the number of its instructions.
  var turns: [[Int]] {
    var turns: [[Int]] = []
    for tid in log.dispatches {
      let thread = tid.rawValue - tids[0].rawValue
      if turns.last?[0] == thread {
        turns[turns.count - 1][1] += 1
      } else {
        turns.append([thread, 1])
      }
    }
    return turns
  }

  var output: [String] { log.output }
}

/// A program that is refused.
func refusal(of text: String, _ settings: String...) -> AssemblyError? {
  do throws(AssemblyError) {
    var words = LoadSettings()
    for word in settings { try words.set(word) }
    _ = try AssemblyLoad(text, name: "test.s", words)
    return nil
  } catch {
    return error
  }
}
