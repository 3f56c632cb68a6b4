package import CorosKernel
import CorosSync

extension Program {
  /// The dining philosophers, who may starve to death together.
  package static var philosophers: Program {
    Program(
      "philosophers",
      "N philosophers eat with N forks, each with two of them",
      parameters: [
        Parameter("N", "the number of philosophers", standard: "5"),
        Parameter("ROUNDS", "how often each of them eats", standard: "2"),
        Parameter("WAY", "'naive', 'ordered' or 'seats'", standard: "naive"),
      ],
      lesson: """
        Each takes the fork on the left and then the one on the right. If all have a left fork, all wait \
        for ever. There are two cures: in 'ordered' each takes the fork with the lower number first, so they cannot \
        wait in a circle; in 'seats' only N-1 may sit down at a time. Dijkstra posed the problem in 1965. \
        With 'policy fifo' the naive way ends well, too: whether a program is right must not depend on luck.
        """
    ) { arguments throws(ProgramArgumentError) in
      let count = try arguments.integer(0, in: 2...100)
      let rounds = try arguments.integer(1, in: 1...1_000)
      let way = try arguments.word(2, of: ["naive", "ordered", "seats"])
      return .body { os in
        var forks: [Mutex] = []
        for number in 1...count { forks.append(try await os.mutex("fork \(number)")) }
        let seats =
          way == "seats" ? try await os.semaphore("seats", value: count - 1) : nil
        let dinner = try await os.event("dinner")
        for number in 1...count {
          var hands = (forks[number - 1], forks[number % count])
          if way == "ordered", number == count { hands = (hands.1, hands.0) }
          let body = philosopher(number, hands, seats, rounds: rounds, after: dinner)
          _ = try await os.newTask("philosopher", body)
        }
        _ = try await os.set(dinner)
      }
    }
  }
}

/// One of them: waits until all sit at the table, and then eats.
private func philosopher(
  _ number: Int,
  _ hands: (Mutex, Mutex),
  _ seats: Semaphore?,
  rounds: Int,
  after dinner: EventFlag
) -> TaskBody {
  { os in
    try await os.wait(for: dinner)
    for _ in 1...rounds {
      if let seats { try await os.acquire(seats) }
      try await os.withLock(hands.0) {
        try await os.withLock(hands.1) {
          try await os.write("\(number) eats")
        }
      }
      if let seats { try await os.release(seats) }
    }
  }
}
