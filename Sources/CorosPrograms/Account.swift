package import CorosKernel
import CorosSync

extension Program {
  /// Two tasks pay into one account, and lose money.
  package static var account: Program {
    Program(
      "account",
      "two tasks pay into one account; without a lock, payments are lost",
      parameters: [
        Parameter("N", "how often each of them pays", standard: "5"),
        Parameter("WAY", "'racy' or 'locked'", standard: "racy"),
      ],
      lesson: """
        Each payment reads the balance, computes for a tick, and writes the sum. If the other task pays in \
        between, its payment is overwritten: a lost update. How much is lost depends on the policy: with \
        'policy fifo' nothing is. With 'account 5 locked' only one task at a time is between reading and writing.
        """
    ) { arguments throws(ProgramArgumentError) in
      let payments = try arguments.integer(0, in: 1...10_000)
      let isLocked = try arguments.word(1, of: ["racy", "locked"]) == "locked"
      return .body { os in
        let account = Account()
        let mutex = isLocked ? try await os.mutex("account") : nil
        var payers: [TaskID] = []
        for name in ["anna", "bert"] {
          let payer = try await os.newTask(name) { os in
            for _ in 1...payments {
              if let mutex {
                try await os.withLock(mutex) { try await account.pay(os) }
              } else {
                try await account.pay(os)
              }
            }
          }
          payers.append(payer)
        }
        for payer in payers { try await os.waitTask(payer) }
        let lost = 2 * payments - account.balance
        try await os.write("balance \(account.balance), \(lost == 0 ? "nothing" : "\(lost)") lost")
      }
    }
  }
}

/// What the tasks share.
private final class Account {
  private(set) var balance = 0

  /// Pays 1 in.
  nonisolated(nonsending) func pay(_ os: SystemInterface) async throws {
    let before = balance
    try await os.compute()
    balance = before + 1
  }
}
