import CorosKernel
import CorosStorm
import CorosSync
import Testing

/// Tasks that hold or wait for whatever can be shared, killed after every step: what they held has passed on, and each
/// function that was entered returns.
///
/// These tests also run with the address and leak sanitizers.
@Suite(.timeLimit(.minutes(15))) struct KillEverywhereTests {
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
    _ names: [String],
    _ body: @escaping (SystemInterface, _ number: Int) async throws -> Void
  ) throws {
    let outcome = try KillEverywhere(afterwards: ledger.faults) { [ledger] scheduler in
      for (number, name) in names.enumerated() {
        try scheduler.createTask(name) { os in
          ledger.entered += 1
          defer { ledger.left += 1 }
          try await body(os, number)
        }
      }
    }.run()
    #expect(outcome.fault == nil)
    #expect(outcome.kills >= kills)
  }

  @Test func `with locks within locks`() throws {
    try killEverywhere(atLeast: 60, ["a", "b", "c"]) { os, number in
      let (m, n) = (try await os.mutex("m"), try await os.mutex("n"))
      for _ in 1...3 {
        try await os.withLock(m) {
          try await os.yield()
          try await os.withLock(n) { try await os.sleep(number) }
        }
      }
    }
  }

  @Test func `with permits, owned and not`() throws {
    try killEverywhere(atLeast: 40, ["a", "b", "c", "d"]) { os, number in
      let s = try await os.semaphore("s", value: 2)
      for _ in 1...3 {
        try await os.withPermit(s) { try await os.sleep(2) }
        try await os.acquire(s)
        try await os.yield()
        try await os.release(s)
      }
    }
  }

  @Test func `with conditions, and a mutex that is wanted again`() throws {
    try killEverywhere(atLeast: 40, ["waiter", "waiter", "notifier"]) { os, number in
      let m = try await os.mutex("m")
      let c = try await os.condition("c", on: m)
      for _ in 1...4 {
        try await os.withLock(m) {
          if number == 2 {
            try await os.notifyAll(c)
            try await os.compute()
          } else {
            try? await os.wait(on: c, timeout: 9)
          }
        }
        try await os.yield()
      }
    }
  }

  @Test func `with readers and writers, a barrier and an event`() throws {
    try killEverywhere(atLeast: 60, ["w", "r", "r", "w"]) { os, number in
      let (lock, door) = (try await os.rwlock("l"), try await os.barrier("b", parties: 4))
      let go = try await os.event("e")
      _ = try? await os.arrive(at: door, timeout: 12)
      if number == 0 { try await os.set(go) }
      _ = try? await os.wait(for: go, timeout: 12)
      for _ in 1...3 {
        if number.isMultiple(of: 3) {
          try await os.withWriteLock(lock) { try await os.sleep(2) }
        } else {
          try await os.withReadLock(lock) { try await os.yield() }
        }
      }
    }
  }

  @Test func `in channels, and in a select over several`() throws {
    try killEverywhere(atLeast: 60, ["s", "s", "r", "both"]) { os, number in
      let meet: Channel<Int> = try await os.channel("meet")
      let line: Channel<Int> = try await os.channel("line", capacity: 2)
      for value in 1...4 {
        switch number {
        case 0: _ = try? await os.send(value, on: meet, timeout: 9)
        case 1: _ = try? await os.send(value, on: line, timeout: 9)
        case 2: _ = try? await os.receive(from: meet, timeout: 9)
        default: _ = try? await os.select(.receive(from: meet), .receive(from: line), timeout: 9)
        }
      }
    }
  }

  @Test func `in groups within groups, behind shields and in scopes`() throws {
    try killEverywhere(atLeast: 60, ["a", "b"]) { [ledger] os, _ in
      let m = try await os.mutex("m")
      _ = try? await os.withGroup { group in
        for number in 1...3 {
          try await group.spawn("child", asServant: number == 3) { os in
            ledger.entered += 1
            defer { ledger.left += 1 }
            _ = try? await os.withTimeout(6) {
              try await os.withLock(m) {
                try await os.withShield { try await os.sleep(number) }
              }
            }
            try await os.withGroup(wait: .any) { group in
              try await group.spawn("grandchild") { os in
                ledger.entered += 1
                defer { ledger.left += 1 }
                try await os.withLock(m) { try await os.sleep(2) }
              }
            }
          }
        }
        while try await group.next(timeout: 20) != nil {}
      }
    }
  }

  @Test func `with messages, questions, links and monitors`() throws {
    try killEverywhere(atLeast: 30, ["server", "client", "client", "watcher"]) { os, number in
      switch number {
      case 0:
        while let message = try? await os.receive(timeout: 15) {
          if case .question(_, let question) = message { try await os.answer(question, with: 7) }
        }
      case 3:
        try await os.trapExits()
        try await os.link(with: 1)
        _ = try await os.monitor(2)
        _ = try? await os.receive(timeout: 30)
      default:
        for value in 1...3 {
          try await os.send(value, to: 1)
          let answer: Int? = try? await os.ask(value, of: 1, timeout: 9)
          if let answer { try await os.write("\(answer)") }
        }
      }
    }
  }
}
