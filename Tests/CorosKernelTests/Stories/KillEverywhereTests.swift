import CorosKernel
import CorosStorm
import CorosTestSupport
import Testing

/// Tasks of every shape, killed after every step: each function that was entered returns.
///
/// These tests also run with the address and leak sanitizers. Nothing here is cut off, so nothing may leak.
@Suite struct KillEverywhereTests {
  /// Counts the functions that were entered and left.
  private final class Ledger {
    var entered = 0
    var left = 0

    func faults() -> [String] {
      entered == left ? [] : ["\(entered) functions were entered, \(left) left"]
    }
  }

  private let ledger = Ledger()

  private func killEverywhere(
    atLeast kills: Int,
    _ spawn: @escaping (Scheduler) throws -> Void
  ) throws {
    let outcome = try KillEverywhere(afterwards: ledger.faults, spawn: spawn).run()
    #expect(outcome.fault == nil)
    #expect(outcome.kills >= kills)
    #expect(ledger.entered >= kills)
  }

  /// Recurses deeply, and traps on the way down and on the way up.
  private func nested(_ depth: Int, _ os: SystemInterface) async throws {
    ledger.entered += 1
    defer { ledger.left += 1 }
    try await os.yield()
    if depth > 1 { try await nested(depth - 1, os) }
    do {
      ledger.entered += 1
      defer { ledger.left += 1 }
      try await os.sleep(2)
    }
  }

  @Test func `functions within functions`() throws {
    try killEverywhere(atLeast: 40) { scheduler in
      for depth in [5, 20] {
        try scheduler.createTask("nested") { os in try await nested(depth, os) }
      }
    }
  }

  @Test func `clean-up with system calls, which fail while the task is being ended`() throws {
    try killEverywhere(atLeast: 20) { [ledger] scheduler in
      for _ in 1...2 {
        try scheduler.createTask("cleaner") { os in
          ledger.entered += 1
          do {
            for _ in 1...10 { try await os.write("at work") }
            throw Mishap()
          } catch {
            for _ in 1...3 { _ = try? await os.newTask("heir") { os in try await os.sleep(3) } }
            _ = try? await os.write("cleaned")
            ledger.left += 1
            throw error
          }
        }
      }
    }
  }

  @Test func `code that catches everything and continues for a while`() throws {
    try killEverywhere(atLeast: 30) { [ledger] scheduler in
      for _ in 1...3 {
        try scheduler.createTask("deaf") { os in
          ledger.entered += 1
          defer { ledger.left += 1 }
          for _ in 1...12 { try? await os.sleep(1) }
        }
      }
    }
  }

  @Test func `Swift child tasks inside the body`() throws {
    try killEverywhere(atLeast: 15) { [ledger] scheduler in
      for _ in 1...2 {
        try scheduler.createTask("parent") { os in
          ledger.entered += 1
          defer { ledger.left += 1 }
          for round in 1...5 {
            async let tid = os.getTid()
            async let sum = (1...round).reduce(0, +)
            try await os.yield()
            await withTaskGroup(of: Int.self) { group in
              for number in 1...3 {
                group.addTask {
                  try? await os.sleep(number)
                  return number
                }
              }
              // The body itself traps while its children exist.
              try? await os.write("children")
              for await number in group where number == 2 { group.cancelAll() }
            }
            try await os.write("\(await sum)")
            _ = try? await tid
          }
        }
      }
    }
  }

  @Test func `throwing groups that are left while their children wait`() throws {
    try killEverywhere(atLeast: 10) { [ledger] scheduler in
      try scheduler.createTask("parent") { os in
        ledger.entered += 1
        defer { ledger.left += 1 }
        for _ in 1...5 {
          try? await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await os.yield() }
            group.addTask { try await Task.sleep(for: .seconds(1_000)) }
            try await os.write("inside")
            try await group.next()
          }
          try await os.yield()
        }
      }
    }
  }

  @Test func `every kind of wait, and waiters for the victims`() throws {
    try killEverywhere(atLeast: 80) { [ledger] scheduler in
      let parent = try scheduler.createTask("parent") { os in
        ledger.entered += 1
        defer { ledger.left += 1 }
        let children = [
          try await os.newTask("sleeper") { os in
            ledger.entered += 1
            defer { ledger.left += 1 }
            try await os.sleep(8)
          },
          try await os.newTask("stopped") { os in
            ledger.entered += 1
            defer { ledger.left += 1 }
            try await os.stopTask(try await os.getTid())
            try await os.exit(3)
          },
        ]
        for child in children { _ = try? await os.waitTask(child, timeout: 3) }
        try await os.continueTask(children[1])
        while (try? await os.waitAnyChild(timeout: 20)) != nil {}
      }
      for timeout in [nil, 5, 50] as [Tick?] {
        try scheduler.createTask("waiter") { os in
          ledger.entered += 1
          defer { ledger.left += 1 }
          _ = try? await os.waitTask(parent, timeout: timeout)
          try await os.yield()
        }
      }
    }
  }

  @Test func `machines beside bodies`() throws {
    let calls: [any SystemCall] = [
      Yield(), Sleep(3), NewTask("child", machine: Script([Sleep(4), Exit(2)]).machine),
      WaitAnyChild(), GetTid(), WaitTask(2, timeout: 6), Compute(), Exit(1),
    ]
    try killEverywhere(atLeast: 40) { [ledger] scheduler in
      for turn in 1...4 {
        let script = Script(calls)
        if turn.isMultiple(of: 2) {
          try scheduler.createTask("machine", machine: script.machine)
        } else {
          try scheduler.createTask("body") { os in
            ledger.entered += 1
            defer { ledger.left += 1 }
            try await script.body(os)
          }
        }
      }
    }
  }

  @Test func `a scheduler inside a task of another scheduler`() throws {
    try killEverywhere(atLeast: 8) { [ledger] scheduler in
      try scheduler.createTask("outer") { os in
        ledger.entered += 1
        defer { ledger.left += 1 }
        let inner = Scheduler()
        for _ in 1...3 {
          try inner.createTask("inner") { os in
            ledger.entered += 1
            defer { ledger.left += 1 }
            while true { try await os.yield() }
          }
        }
        for _ in 1...8 {
          inner.run(ticks: 2)
          try await os.yield()
        }
      }
    }
  }
}
