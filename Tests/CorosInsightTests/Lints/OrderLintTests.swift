import CorosKernel
import CorosSync
import Testing

@testable import CorosInsight

/// Locks that are taken in two orders, also where no deadlock has come.
@Suite(.timeLimit(.minutes(15))) struct OrderLintTests {
  /// Two tasks, one after the other, that do something with two locks and a gate.
  private func orders(
    _ first: @escaping @Sendable (SystemInterface, Mutex, Mutex, Mutex) async throws -> Void,
    _ second: (@Sendable (SystemInterface, Mutex, Mutex, Mutex) async throws -> Void)?
  ) throws -> [LintFinding] {
    let machine = LintMachine(FirstInFirstOut())
    let (a, b, gate) = (
      try machine.mutex("A"), try machine.mutex("B"), try machine.mutex("gate")
    )
    try machine.spawn("first") { os in try await first(os, a, b, gate) }
    if let second { try machine.spawn("second") { os in try await second(os, a, b, gate) } }
    #expect(machine.run() == .allFinished)
    #expect(machine.kinds.allSatisfy { $0 == .order })
    return machine.lints.findings
  }

  @Test func `two orders are told of, though no deadlock has come`() throws {
    let findings = try orders(
      { os, a, b, _ in try await os.withLock(a) { try await os.withLock(b) {} } },
      { os, a, b, _ in try await os.withLock(b) { try await os.withLock(a) {} } }
    )
    #expect(findings.map(\.task) == [2])
    #expect(findings.first?.others == [1] && findings.first?.ticks == [1])
    #expect(findings.first?.objects == ["A", "B"])
  }

  @Test func `an order that one task had both ways is told of when another has one of them`() throws
  {
    let findings = try orders(
      { os, a, b, _ in
        try await os.withLock(a) { try await os.withLock(b) {} }
        try await os.withLock(b) { try await os.withLock(a) {} }
      },
      { os, a, b, _ in try await os.withLock(b) { try await os.withLock(a) {} } }
    )
    #expect(findings.map(\.task) == [2])
  }

  @Test func `a common gate makes two orders harmless`() throws {
    #expect(
      try orders(
        { os, a, b, gate in
          try await os.withLock(gate) {
            try await os.withLock(a) { try await os.withLock(b) {} }
          }
        },
        { os, a, b, gate in
          try await os.withLock(gate) {
            try await os.withLock(b) { try await os.withLock(a) {} }
          }
        }
      ) == []
    )
  }

  @Test func `one task alone may take them as it likes`() throws {
    #expect(
      try orders(
        { os, a, b, _ in
          try await os.withLock(a) { try await os.withLock(b) {} }
          try await os.withLock(b) { try await os.withLock(a) {} }
        },
        nil
      ) == []
    )
  }

  @Test func `what a task tries, asks for in time, or asks for after giving back makes no order`()
    throws
  {
    #expect(
      try orders(
        { os, a, b, _ in try await os.withLock(a) { try await os.withLock(b) {} } },
        { os, a, b, _ in
          try await os.withLock(b) {
            if try await os.tryLock(a) { try await os.unlock(a) }
            try await os.withLock(a, timeout: 5) {}
            try await os.withTimeout(5) { try await os.withLock(a) {} }
          }
          try await os.withLock(b) {}
          try await os.withLock(a) {}
        }
      ) == []
    )
  }

  @Test func `two reads have no order, and a read and a write have`() throws {
    for (isWriter, count) in [(false, 0), (true, 1)] {
      let machine = LintMachine(FirstInFirstOut())
      let a = try machine.scheduler.perform(MakeRWLock("A"))
      let b = try machine.scheduler.perform(MakeRWLock("B"))
      for (first, second) in [(a, b), (b, a)] {
        try machine.spawn { os in
          try await os.readLock(first)
          if isWriter { try await os.writeLock(second) } else { try await os.readLock(second) }
          try await os.unlock(second)
          try await os.unlock(first)
        }
      }
      #expect(machine.run() == .allFinished)
      #expect(machine.kinds == Array(repeating: .order, count: count))
    }
  }

  @Test func `an order of three locks is told of with all of them`() throws {
    let machine = LintMachine(FirstInFirstOut())
    let locks = try ["A", "B", "C"].map { try machine.mutex($0) }
    for index in 0..<3 {
      try machine.spawn { os in
        try await os.withLock(locks[index]) { try await os.withLock(locks[(index + 1) % 3]) {} }
      }
    }
    machine.run()
    #expect(
      machine.sentences == [
        "task 3 (task) asks for A while it holds C; tasks 1 and 2 took them in the order A → B → C, "
          + "in ticks 1 to 6: they may deadlock"
      ]
    )
  }
}
