import CorosKernel
import Testing

/// `Isolation`.
@Suite struct IsolationDocumentation {
  @Test func `helpers that run where their caller does`() throws {
    final class Account {
      private(set) var balance = 0

      nonisolated(nonsending) func pay(_ amount: Int, _ os: SystemInterface) async throws {
        let before = balance
        try await os.compute()
        balance = before + amount
      }
    }

    nonisolated(nonsending) func twice(
      _ body: nonisolated(nonsending) () async throws -> Void
    ) async throws {
      try await body()
      try await body()
    }

    let scheduler = Scheduler()
    let account = Account()
    try scheduler.createTask("payer") { os in
      try await twice { try await account.pay(5, os) }
    }
    scheduler.runEventLoop()  // account.balance is 10

    #expect(account.balance == 10)
  }

  @Test func `variables of the code around a body`() throws {
    let scheduler = Scheduler()
    var sum = 0
    for number in 1...3 {
      try scheduler.createTask { os in
        try await os.sleep(number)
        sum += number
      }
    }
    scheduler.runEventLoop()  // sum is 6

    #expect(sum == 6)
  }
}
