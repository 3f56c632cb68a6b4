import CorosExplore
import CorosKernel
import CorosSync
import Testing

/// What tasks share without a call that shows it makes classes mean nothing; that is noticed, and said.
@Suite(.timeLimit(.minutes(15))) struct HiddenSharingTests {
  /// A number that the kernel knows nothing of.
  private final class Number {
    var value = 0
  }

  /// Two tasks add 1 with a step between reading and writing; two others share nothing with them.
  private static func adders(_ scheduler: Scheduler) throws {
    let number = Number()
    for name in ["idle", "add", "add", "idle"] {
      try scheduler.createTask(name) { os in
        if name == "idle" { return try await os.compute(2) }
        let seen = number.value
        try await os.yield()
        number.value = seen + 1
        try await os.write("\(number.value)")
      }
    }
  }

  @Test func `two tasks that share an object without a call are named`() throws {
    let report = try Explorer(Self.adders).explore(.dpor)
    let hidden = try #require(report.hidden)
    #expect(hidden.tasks == [2, 3])
    #expect(!report.isExhausted)
    #expect(report.covers == .part)
  }

  @Test func `a property that sees the object is enough`() throws {
    var number = Number()
    var explorer = Explorer { scheduler in
      let mine = Number()
      number = mine
      for _ in 0..<2 {
        try scheduler.createTask { os in
          let seen = mine.value
          try await os.yield()
          mine.value = seen + 1
        }
      }
    }
    explorer.properties = [Property(.finally, "both count") { _ in number.value == 2 }]
    #expect(try explorer.explore(.dpor).hidden?.tasks == [1, 2])
    #expect(try explorer.explore(.dfs).failures.count == 1)
  }

  @Test func `state machines can share an object, too`() throws {
    struct Adder: StateMachine {
      let number: Number
      var seen: Int?
      mutating func resume(with resumption: Resumption) -> Trap {
        if let seen {
          number.value = seen + 1
          return .threw(Total(value: number.value))
        }
        seen = number.value
        return .call(Yield())
      }
    }
    struct Total: Error { let value: Int }
    let number = Number()
    let explorer = Explorer { scheduler in
      for _ in 0..<2 { try scheduler.createTask("add", machine: Adder(number: number)) }
    }
    var limits = ExplorationLimits()
    limits.all = true
    #expect(try explorer.explore(.dpor, limits: limits).hidden?.tasks == [1, 2])
  }

  @Test func `tasks that share by calls only are not suspected`() throws {
    for model: Model in [
      .philosophers(3), .lostUpdate(3), .twostage(2), .boundedBuffer(4, 2), .channel(3), .peterson,
      .conditionOnce, .spawned(3), .trylock(3), .joinResult, .popl, .account,
    ] {
      for attempts in [false, true] {
        let report = try model.all(.dpor(attempts: attempts))
        #expect(report.hidden == nil, "\(model.name)")
        #expect(report.isExhausted, "\(model.name)")
      }
    }
    let locked = Explorer { scheduler in
      let number = Number()
      let lock = try scheduler.perform(MakeMutex("lock"))
      for _ in 0..<2 {
        try scheduler.createTask { os in
          try await os.withLock(lock) {
            let seen = number.value
            try await os.yield()
            number.value = seen + 1
          }
        }
      }
    }
    let report = try locked.explore(.dpor)
    #expect(report.hidden == nil)
    #expect(report.classes == 2)
  }
}
