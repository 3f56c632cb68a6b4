import CorosKernel
import CorosTestSupport
import Foundation
import Testing

/// Awaits outside the kernel: they must not be mistaken for those of another task.
@Suite struct ForeignAwaitTests {
  @Test func `a parked task woken by another task runs in its own dispatch`() async {
    let result = await onOwnThread { () -> ([String], RunOutcome, [String]) in
      let scheduler = Scheduler(foreignAwaits: .park)
      let notes = Notes()
      let (stream, feed) = AsyncStream.makeStream(of: Int.self)
      _ = try? scheduler.createTask("reader") { os in
        for await number in stream {
          notes.add("\(number) tid \(try await os.getTid())")
        }
        notes.add("end")
      }
      _ = try? scheduler.createTask("writer") { os in
        for number in 1...3 {
          feed.yield(number)
          notes.add("writer tid \(try await os.getTid())")
        }
        feed.finish()
      }
      let outcome = scheduler.runEventLoop()
      return (notes.lines.sorted(), outcome, scheduler.brokenInvariants())
    }
    #expect(
      result.0 == [
        "1 tid 1", "2 tid 1", "3 tid 1", "end", "writer tid 2", "writer tid 2", "writer tid 2",
      ]
    )
    #expect(result.1 == .allFinished)
    #expect(result.2 == [])
  }

  @Test func `a system call from a detached task is refused, without a race`() async {
    let notes = await onOwnThread { () -> [String] in
      let scheduler = Scheduler(foreignAwaits: .park)
      let notes = Notes()
      _ = try? scheduler.createTask { os in
        for _ in 1...50 {
          let result = await Task.detached { () -> String in
            do {
              return "\(try await os.getTid())"
            } catch {
              return "\(error)"
            }
          }.value
          notes.add(result)
        }
      }
      _ = try? scheduler.createTask { os in for _ in 1...5_000 { try await os.yield() } }
      _ = scheduler.runEventLoop()
      return notes.lines
    }
    let refusal = "\(SystemCallError.notTheTask)"
    #expect(notes == Array(repeating: refusal, count: 50))
  }

  /// Ways to leave the kernel and to return.
  private enum Trip: CaseIterable {
    case sleep, detached, stream, actor, asyncLet, group, globalPool
  }

  private actor Plain {
    func double(_ number: Int) -> Int { number * 2 }
  }

  private actor Elsewhere {
    private final class Queue: SerialExecutor {
      func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
      }
    }
    private let queue = Queue()
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
    func double(_ number: Int) -> Int { number * 2 }
  }

  @concurrent private static func onPool(_ number: Int) async -> Int { number * 2 }

  private static func take(_ trip: Trip) async throws -> Int {
    switch trip {
    case .sleep:
      try await Task.sleep(nanoseconds: 1_000_000)
      return 2
    case .detached:
      return await Task.detached { 2 }.value
    case .stream:
      let (stream, feed) = AsyncStream.makeStream(of: Int.self)
      Task.detached {
        feed.yield(2)
        feed.finish()
      }
      var sum = 0
      for await number in stream { sum += number }
      return sum
    case .actor:
      return await Plain().double(1)
    case .asyncLet:
      async let one = onPool(1)
      return await one
    case .group:
      return await withTaskGroup(of: Int.self) { group in
        group.addTask { 1 }
        group.addTask { 1 }
        return await group.reduce(0, +)
      }
    case .globalPool:
      return await onPool(1)
    }
  }

  @Test func `parked tasks return from every trip, and continue as themselves`() async {
    for trip in Trip.allCases {
      let lines = await onOwnThread { () -> [String] in
        let scheduler = Scheduler(foreignAwaits: .park)
        let notes = Notes()
        for _ in 1...3 {
          _ = try? scheduler.createTask { os in
            let sum = try await Self.take(trip)
            notes.add("\(try await os.getTid()) \(sum)")
          }
        }
        notes.add("\(scheduler.runEventLoop()) \(scheduler.brokenInvariants())")
        for task in scheduler.tasks(includingEnded: true) where task.state != .exited(.exited(0)) {
          notes.add("\(task.tid) \(task.state)")
        }
        return notes.lines.sorted()
      }
      #expect(lines == ["1 2", "2 2", "3 2", "allFinished []"], "\(trip)")
    }
  }

  @Test func `a parked task returns from an actor with its own executor`() async {
    let lines = await onOwnThread { () -> [String] in
      let scheduler = Scheduler(foreignAwaits: .park)
      let notes = Notes()
      let home = pthread_self()
      func isHome() -> Bool { pthread_equal(home, pthread_self()) != 0 }
      for _ in 1...3 {
        _ = try? scheduler.createTask { os in
          let sum = await Elsewhere().double(1)
          notes.add("home \(isHome())")
          notes.add("\(try await os.getTid()) \(sum)")
        }
      }
      notes.add("\(scheduler.runEventLoop()) \(scheduler.brokenInvariants())")
      return notes.lines.sorted()
    }
    #expect(
      lines == ["1 2", "2 2", "3 2", "allFinished []"] + Array(repeating: "home true", count: 3)
    )
  }

  @Test func `refused tasks fail at once with the message, and their defers run later`() async {
    let lines = await onOwnThread { () -> [String] in
      let notes = Notes()
      do {
        let scheduler = Scheduler()
        _ = try? scheduler.createTask { os in
          defer { notes.add("unwound") }
          try await Task.sleep(nanoseconds: 3_600_000_000_000)
          try await os.yield()
          notes.add("not reached")
        }
        scheduler.step()
        notes.add("\(scheduler.info(1)?.state.word ?? "gone") \(scheduler.runEventLoop())")
        if case .exited(.failed(let why))? = scheduler.info(1)?.state { notes.add(why) }
      }
      // Its return depends on the other threads.
      return notes.lines.sorted()
    }
    #expect(
      lines == [
        "awaited something outside the kernel (another executor, such as the main actor's, "
          + "or real time)",
        "exited allFinished",
        "unwound",
      ]
    )
  }

  @Test func `a parked task can be killed, and a scheduler dropped while one is outside`() async {
    let lines = await onOwnThread { () -> [String] in
      let notes = Notes()
      do {
        let scheduler = Scheduler(foreignAwaits: .park)
        for name in ["killed", "dropped"] {
          _ = try? scheduler.createTask { os in
            defer { notes.add(name) }
            try await Task.sleep(nanoseconds: 3_600_000_000_000)
          }
        }
        scheduler.run(ticks: 2)
        notes.add("\(scheduler.step() == .stalled(.outside([1, 2])))")
        notes.add("\((try? scheduler.perform(KillTask(1))) ?? false)")
        notes.add("\(scheduler.brokenInvariants())")
        notes.add("\(scheduler.step() == .stalled(.outside([2])))")
      }
      return notes.lines.filter { !["killed", "dropped"].contains($0) }
        + notes.lines.filter { ["killed", "dropped"].contains($0) }.sorted()
    }
    #expect(lines == ["true", "true", "[]", "true", "dropped", "killed"])
  }

  @Test func `all of many tasks that return one by one are awaited`() async {
    let left = await onOwnThread { () -> Int in
      let scheduler = Scheduler(
        // Plenty of time: other tests may keep the threads busy that the detached tasks need.
        limits: Limits(graceMilliseconds: 3_600_000),
        foreignAwaits: .park
      )
      for number in 1...300 {
        _ = try? scheduler.createTask { _ in
          await Task.detached {
            try? await Task.sleep(nanoseconds: UInt64(number) * 1_000_000)
          }.value
        }
      }
      scheduler.run(ticks: 300)
      return scheduler.shutdown()
    }
    #expect(left == 0)
  }

  @Test func `awaits inside the kernel do not count as escapes`() throws {
    let scheduler = Scheduler()
    let notes = Notes()
    try scheduler.createTask { os in
      await Task.yield()
      notes.add("\(await Plain().double(1))")
      async let one = Plain().double(2)
      notes.add("\(await one)")
      let sum = await withTaskGroup(of: Int.self) { group in
        for number in 1...3 { group.addTask { number } }
        return await group.reduce(0, +)
      }
      notes.add("\(sum)")
      notes.add("\(try await os.getTid())")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["2", "4", "6", "1"])
  }

  @Test func `a child task that makes a system call is refused, but not the task itself`() throws {
    let scheduler = Scheduler()
    let notes = Notes()
    try scheduler.createTask { os in
      async let child = { () -> String in
        do {
          return "\(try await os.getTid())"
        } catch {
          return "\(error)"
        }
      }()
      notes.add("\(try await os.getTid())")
      notes.add(await child)
      notes.add("\(try await os.getTid())")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["1", "\(SystemCallError.notTheTask)", "1"])
  }

  @Test func `a state machine that claims to be outside is refused in either mode`() throws {
    struct Liar: StateMachine {
      mutating func resume(with resumption: Resumption) -> Trap { .escaped }
    }
    for mode in [ForeignAwaits.park, .refuse] {
      let scheduler = Scheduler(foreignAwaits: mode)
      try scheduler.createTask(machine: Liar())
      #expect(run(scheduler) == .allFinished)
      #expect(scheduler.info(1)?.state.word == "exited")
    }
  }
}
