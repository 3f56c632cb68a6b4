package import CorosKernel
import CorosSync

extension Program {
  /// Three smokers, each of whom lacks two of three ingredients.
  package static var smokers: Program {
    Program(
      "smokers",
      "an agent offers two of three ingredients, and the right smoker smokes",
      parameters: [
        Parameter("ROUNDS", "how often", standard: "3"),
        Parameter("WAY", "'right', or 'wrong' for a deadlock", standard: "right"),
      ],
      lesson: """
        Each smoker has one ingredient, and needs the two that lie on the table. If each takes what it can \
        get, as in 'smokers 3 wrong', two of them have one each, and all wait for ever. The cure are three pushers: one \
        for each ingredient, who notes what has come and wakes the smoker for whom it is complete. Patil posed \
        the problem in 1971. The agent chooses at random: 'seed N' changes its choices.
        """
    ) { arguments throws(ProgramArgumentError) in
      let rounds = try arguments.integer(0, in: 1...1_000)
      let isWrong = try arguments.word(1, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let table = try await SmokersTable(os)
        var servants: [TaskID] = []
        for own in 0..<3 {
          let name = SmokersTable.ingredients[own]
          if isWrong {
            servants.append(
              try await os.newTask("smoker") { os in try await table.grab(own, os) }
            )
          } else {
            servants.append(
              try await os.newTask("pusher") { os in try await table.push(name, own, os) }
            )
            servants.append(
              try await os.newTask("smoker") { os in try await table.smoke(own, os) }
            )
          }
        }
        let agent = try await os.newTask("agent") { os in
          for _ in 1...rounds { try await table.serve(os) }
        }
        try await os.waitTask(agent)
        try await os.dismiss(servants)
        try await os.write("\(rounds) smoked")
      }
    }
  }
}

/// What the tasks share.
private final class SmokersTable {
  static let ingredients = ["tobacco", "paper", "matches"]

  private let mutex: Mutex
  /// A permit for an ingredient on the table, for the smoker who has it, and for the agent to go on.
  private let (given, smokers, agent): ([Semaphore], [Semaphore], Semaphore)
  /// Which ingredients the pushers have noted.
  private var isThere = [false, false, false]

  nonisolated(nonsending) init(_ os: SystemInterface) async throws {
    mutex = try await os.mutex("table", isNew: true)
    var (given, smokers): ([Semaphore], [Semaphore]) = ([], [])
    for name in Self.ingredients {
      given.append(try await os.semaphore(name, isNew: true))
      smokers.append(try await os.semaphore("smoker with \(name)", isNew: true))
    }
    (self.given, self.smokers) = (given, smokers)
    agent = try await os.semaphore("agent", isNew: true)
  }

  /// The agent's round: two ingredients, and a pause until they are used.
  nonisolated(nonsending) func serve(_ os: SystemInterface) async throws {
    let missing = try await os.random(below: 3)
    let two = [0, 1, 2].filter { $0 != missing }
    try await os.write("\(Self.ingredients[two[0]]) and \(Self.ingredients[two[1]])")
    for ingredient in two { try await os.release(given[ingredient]) }
    try await os.acquire(agent)
  }

  /// A pusher's life: it knows of one ingredient.
  nonisolated(nonsending) func push(
    _ name: String,
    _ own: Int,
    _ os: SystemInterface
  ) async throws {
    while true {
      try await os.acquire(given[own])
      try await os.withLock(mutex) {
        guard let other = isThere.firstIndex(of: true) else { return isThere[own] = true }
        isThere[other] = false
        try await os.release(smokers[3 - own - other])
      }
    }
  }

  /// A smoker's life: a pusher tells when both others are there.
  nonisolated(nonsending) func smoke(_ own: Int, _ os: SystemInterface) async throws {
    while true {
      try await os.acquire(smokers[own])
      try await light(own, os)
    }
  }

  /// The same without pushers: it takes one, and then the other.
  nonisolated(nonsending) func grab(_ own: Int, _ os: SystemInterface) async throws {
    while true {
      try await os.acquire(given[(own + 1) % 3])
      try await os.acquire(given[(own + 2) % 3])
      try await light(own, os)
    }
  }

  private nonisolated(nonsending) func light(_ own: Int, _ os: SystemInterface) async throws {
    try await os.write("the one with \(Self.ingredients[own]) smokes")
    try await os.release(agent)
  }
}
