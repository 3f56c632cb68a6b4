import CorosExplore
import CorosKernel
import CorosSync
import CorosTesting
import Testing

/// The Swift of the documentation does what the documentation says.
@Suite(.timeLimit(.minutes(15))) struct DocumentationTests {
  @Test func `no update is lost`() throws {
    let report = try explore(.dpor) { os in
      let lock = try await os.mutex("lock")
      let number = Box()
      for _ in 0..<2 {
        _ = try await os.newTask("add") { os in
          try await os.withLock(lock) {
            let seen = number.value
            try await os.yield()
            number.value = seen + 1
          }
        }
      }
      for _ in 0..<2 { _ = try await os.waitAnyChild() }
      try check(number.value == 2, "an update is lost: \(number.value)")
    }
    #expect(report.isExhausted)
  }

  @Suite struct Again {
    @Test(.replaying("schedule1@0@manual@1x3.2.3x2.2.1x2"))
    func `no update is lost`() throws {
      let texts = try issues {
        try explore { os in
          let number = Box()
          for _ in 0..<2 {
            _ = try await os.newTask("add") { os in
              let seen = number.value
              try await os.yield()
              number.value = seen + 1
            }
          }
          for _ in 0..<2 { _ = try await os.waitAnyChild() }
          try check(number.value == 2, "an update is lost: \(number.value)")
        }
      }
      #expect(texts.count == 1)
    }
  }

  @Test(.seeds(1...20), .policies(.all)) func `everybody gets a turn`() throws {
    try simulate { os in
      for _ in 0..<3 {
        _ = try await os.newTask { os in try await os.sleep(try await os.random(below: 9)) }
      }
    }
  }

  @Test func `a picture is drawn`() throws {
    try expectTimeline(
      """
      reader: #-#ww#
      writer: -#-##-#
      """
    ) { scheduler in
      let lock = try scheduler.perform(MakeMutex("lock"))
      try scheduler.createTask("reader") { os in
        try await os.yield()
        try await os.lock(lock)
      }
      try scheduler.createTask("writer") { os in
        try await os.withLock(lock) { try await os.yield() }
      }
    }
  }
}
