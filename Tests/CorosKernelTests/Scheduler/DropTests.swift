import CorosKernel
import CorosTestSupport
import Testing

/// A scheduler is dropped while its tasks are suspended, however many: each of them is ended.
///
/// Serialized, to save memory.
@Suite(.serialized) struct DropTests {
  #if DEBUG
    private static let count = 50_000
  #else
    private static let count = 1_000_000
  #endif

  /// Counts the tasks that were ended.
  private final class Ends {
    var count = 0
  }

  /// Sleeps until it is asked to end, and counts that.
  private struct Sleeper: StateMachine {
    let ends: Ends

    mutating func resume(with resumption: Resumption) -> Trap {
      guard case .failure(let error) = resumption else { return .call(Sleep(1_000_000_000)) }
      ends.count += 1
      return .threw(error)
    }
  }

  /// Drops a scheduler whose tasks alternate between the forms, and returns how many of them were ended.
  private static func drop() throws -> (before: Int, after: Int) {
    let ends = Ends()
    var before = 0
    do {
      let scheduler = Scheduler(limits: Limits(tasks: count))
      for number in 1...count {
        if number.isMultiple(of: 2) {
          try scheduler.createTask(machine: Sleeper(ends: ends))
        } else {
          try scheduler.createTask { os in
            defer { ends.count += 1 }
            try await os.sleep(1_000_000_000)
          }
        }
      }
      scheduler.run(ticks: count)
      // The optimiser may release the scheduler after its last use, which must not come before this point.
      withExtendedLifetime(scheduler) { before = ends.count }
    }
    return (before, ends.count)
  }

  @Test func `a million suspended tasks of both forms end`() throws {
    let ended = try Self.drop()
    #expect(ended.before == 0)
    #expect(ended.after == Self.count)
  }

  @Test func `they also end on a thread with a small stack`() async {
    let ended = await onOwnThread(stackSize: 128 << 10) { try? Self.drop().after }
    #expect(ended == Self.count)
  }

  @Test func `started tasks end oldest first, and the others never run`() throws {
    let notes = Notes()
    struct Noting: StateMachine {
      let name: String
      let notes: Notes
      mutating func resume(with resumption: Resumption) -> Trap {
        guard case .failure(let error) = resumption else { return .call(Yield()) }
        notes.add("\(name): \(error)")
        return .threw(error)
      }
    }
    do {
      let scheduler = Scheduler()
      for name in ["a", "b", "c", "d", "e"] {
        if name < "c" || name == "e" {
          try scheduler.createTask(name, machine: Noting(name: name, notes: notes))
        } else {
          try scheduler.createTask(name) { os in
            defer { notes.add("\(name): unwound") }
            try await os.sleep(9)
          }
        }
      }
      scheduler.run(ticks: 3)
    }
    #expect(notes.lines == ["a: killed", "b: killed", "c: unwound"])
  }

  @Test func `a machine that refuses to end is abandoned after some refusals`() throws {
    final class Calls { var count = 0 }
    struct Deaf: StateMachine {
      let calls: Calls
      mutating func resume(with resumption: Resumption) -> Trap {
        calls.count += 1
        return .call(Yield())
      }
    }
    let calls = Calls()
    do {
      let scheduler = Scheduler(limits: Limits(refusals: 7))
      try scheduler.createTask(machine: Deaf(calls: calls))
      scheduler.run(ticks: 2)
    }
    #expect(calls.count == 2 + 8)
  }
}
