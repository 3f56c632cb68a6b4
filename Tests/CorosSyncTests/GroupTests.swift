import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

/// Groups: what happens is what trio does with the same programs, but for servants and kills.
@Suite(.timeLimit(.minutes(15))) struct GroupTests {
  private let stage = Stage(.async)
  private var scheduler: Scheduler { stage.scheduler }

  private struct Boom: Error, CustomStringConvertible {
    var description: String { "boom" }
  }

  private func task(_ name: String = "main", _ body: @escaping TaskBody) throws {
    try scheduler.createTask(name, body)
  }

  private func status(_ tid: TaskID) -> CorosKernel.ExitStatus? {
    if case .exited(let status)? = scheduler.info(tid)?.state { status } else { nil }
  }

  @Test func `the end waits for all children`() throws {
    try task { os in
      let result = try await os.withGroup { group in
        try await group.spawn("left") { os in
          try await os.sleep(5)
          try await os.write("left")
        }
        try await group.spawn("right") { os in
          try await os.sleep(9)
          try await os.write("right")
        }
        return 42
      }
      try await os.write("\(result ?? 0)")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["left", "right", "42"])
    #expect(scheduler.objects.isEmpty)
  }

  @Test func `a child that fails has the others and the body cancelled`() throws {
    try task { os in
      do {
        try await os.withGroup { group in
          try await group.spawn("sibling") { os in try await os.sleep(100) }
          try await group.spawn("bad") { os in
            try await os.sleep(3)
            throw Boom()
          }
          try await os.sleep(100)
          try await os.write("never")
        }
      } catch let error as GroupFailed {
        try await os.write("\(error)")
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["task 3: failed: boom"])
    #expect(status(2) == .cancelled(by: 3, reason: "task 3 of the group failed: boom"))
    #expect(scheduler.now < 20)
  }

  @Test func `what fails in the clean-up is told, too, the cause first`() throws {
    try task { os in
      do {
        try await os.withGroup { group in
          try await group.spawn("sibling") { os in
            do { try await os.sleep(100) } catch { throw Boom() }
          }
          try await group.spawn("bad") { os in try await os.exit(3) }
        }
      } catch let error as GroupFailed {
        try await os.write("\(error)")
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["task 3: exited 3; task 2: failed: boom"])
  }

  @Test func `a group that is cancelled is no error`() throws {
    try task { os in
      let result: Int? = try await os.withGroup { group in
        try await group.spawn { os in try await os.sleep(100) }
        try await group.cancel(because: "enough")
        try await os.sleep(100)
        return 1
      }
      try await os.write("\(result.map { "\($0)" } ?? "cancelled")")
      try await os.sleep(5)
      try await os.write("goes on")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["cancelled", "goes on"])
    #expect(status(2) == .cancelled(by: 1, reason: "enough"))
  }

  @Test func `nothing can be added to a group that is closing`() throws {
    try task { os in
      try await os.withGroup { group in
        try await group.spawn("child") { os in
          try await os.sleep(5)
          do {
            try await group.spawn { os in }
          } catch let error as SyncError {
            try await os.write("\(error)")
          }
        }
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["group 1 is closed"])
  }

  @Test func `a child of a cancelled group begins, and ends at its first point`() throws {
    try task { os in
      try await os.withGroup { group in
        try await group.cancel(because: "late")
        try await group.spawn("child") { os in
          try await os.write("child runs")
          try await os.sleep(5)
          try await os.write("never")
        }
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["child runs"])
    #expect(status(2) == .cancelled(by: 1, reason: "late"))
  }

  @Test func `a child that cleans up under a shield is waited for`() throws {
    try task { os in
      do {
        try await os.withGroup { group in
          try await group.spawn("shielded") { os in
            try await os.withShield { try await os.sleep(40) }
            try await os.write("cleaned up")
            try await os.sleep(1)
          }
          try await group.spawn("bad") { os in throw Boom() }
        }
      } catch {
        try await os.write("\(error)")
      }
    }
    stage.run(steps: 8)
    #expect(scheduler.obstacles(of: 1) == [2])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["cleaned up", "task 3: failed: boom"])
  }

  @Test func `the first that ends well is enough, when that is asked`() throws {
    try task { os in
      try await os.withGroup(wait: .any) { group in
        try await group.spawn("slow") { os in try await os.sleep(90) }
        try await group.spawn("bad") { os in throw Boom() }
        try await group.spawn("fast") { os in
          try await os.sleep(5)
          try await os.write("fast")
        }
      }
      try await os.write("done")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["fast", "done"])
    #expect(status(2) == .cancelled(by: 4, reason: "task 4 was first"))
  }

  @Test func `when none ends well the group has failed`() throws {
    try task { os in
      try await os.withGroup(wait: .any) { group in
        for _ in 1...2 { try await group.spawn { os in throw Boom() } }
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(status(1) == .failed("task 2: failed: boom; task 3: failed: boom"))
  }

  @Test func `a body that fails has the children cancelled, and its error counts`() throws {
    try task { os in
      try await os.withGroup { group in
        try await group.spawn("child") { os in try await os.sleep(100) }
        try await os.sleep(3)
        throw Boom()
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(status(1) == .failed("boom"))
    #expect(status(2) == .cancelled(by: 1, reason: "boom"))
  }

  @Test func `a task that is killed takes its children along, the newest first`() throws {
    try task { os in
      try await os.withGroup { group in
        for name in ["a", "b", "c"] {
          try await group.spawn(name) { os in try await os.sleep(100) }
        }
      }
    }
    scheduler.run(ticks: 20)
    let order = Endings()
    scheduler.add(order)
    try stage.kill(1)
    #expect(order.tasks == [1, 4, 3, 2])
    #expect(scheduler.liveTaskCount == 0)
    #expect(scheduler.objects.isEmpty)
    #expect(Set(stage.ends.values).count == 1)
  }

  private final class Endings: Observer {
    let interests: Event.Kinds = .lives
    var tasks: [TaskID] = []
    func observe(_ event: Event) {
      if case .exited = event.action { tasks.append(event.task) }
    }
  }

  @Test func `groups within groups end with the outermost`() throws {
    try task { os in
      try await os.withGroup { group in
        try await group.spawn("child") { os in
          try await os.withGroup { group in
            try await group.spawn("grandchild") { os in try await os.sleep(100) }
          }
        }
      }
    }
    scheduler.run(ticks: 20)
    #expect(scheduler.liveTaskCount == 3)
    #expect(scheduler.obstacles(of: 1) == [2])
    try stage.kill(1)
    #expect(scheduler.liveTaskCount == 0)
    #expect(scheduler.objects.isEmpty)
  }

  @Test func `a child killed from outside is a failure`() throws {
    try task { os in
      do {
        try await os.withGroup { group in
          for name in ["a", "b"] {
            try await group.spawn(name) { os in try await os.sleep(100) }
          }
        }
      } catch let error as GroupFailed {
        try await os.write("\(error.children.map(\.tid)) \(error)")
      }
    }
    scheduler.run(ticks: 20)
    try stage.kill(2)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["[2] task 2: killed"])
    #expect(status(3) == .cancelled(by: 2, reason: "task 2 of the group was killed"))
  }

  @Test func `servants go when nobody is left to serve`() throws {
    try task { os in
      try await os.withGroup { group in
        try await group.spawn("servant", asServant: true) { os in
          while true { _ = try await os.receive() }
        }
        try await group.spawn("worker") { os in try await os.sleep(10) }
        try await os.sleep(3)
      }
      try await os.write("closed")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["closed"])
    #expect(status(2) == .cancelled(by: 3, reason: "nobody is left to serve"))
    let (worker, servant) = (stage.ends[3] ?? 0, stage.ends[2] ?? 0)
    #expect(servant == worker + 1)
  }

  @Test func `the next that ends, in the order of the ends`() throws {
    try task { os in
      try await os.withGroup { group in
        for ticks in [20, 5, 9] { try await group.spawn { os in try await os.sleep(ticks) } }
        while let child = try await group.next() { try await os.write("\(child)") }
        try await os.write("none is left")
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "task 3: exited 0", "task 4: exited 0", "task 2: exited 0", "none is left",
      ]
    )
  }

  @Test func `a task that is cancelled cancels its children, and waits for them`() throws {
    try task { os in
      try await os.withGroup { group in
        try await group.spawn("child") { os in
          try await os.withShield { try await os.sleep(30) }
          try await os.write("cleaned up")
          try await os.sleep(1)
        }
      }
    }
    stage.run(steps: 6)
    try scheduler.perform(CancelTask(1, because: "enough"))
    #expect(scheduler.brokenInvariants() == [])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["cleaned up"])
    #expect(status(1) == .cancelled(by: .operator, reason: "enough"))
    #expect(status(2) == .cancelled(by: 1, reason: "enough"))
  }

  @Test func `only the task of a group waits for it`() throws {
    try task { os in
      try await os.withGroup { group in
        let copy = group.group
        try await group.spawn("child") { os in
          do {
            _ = try await os.call(CloseGroup(copy))
          } catch {
            try await os.write("\(error)")
          }
        }
      }
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["group 1 is held by task 1"])
    #expect(throws: SystemCallError.self) { try scheduler.perform(OpenGroup()) }
  }

  @Test func `a hundred thousand groups leave nothing behind`() throws {
    try task { os in
      for _ in 1...100_001 {
        try await os.withGroup { _ in }
      }
      try await os.write("done")
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(stage.texts == ["done"])
    #expect(scheduler.objectCount == 0)
  }
}
