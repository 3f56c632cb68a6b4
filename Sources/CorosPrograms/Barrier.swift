package import CorosKernel
import CorosSync

extension Program {
  /// Tasks that pass a barrier together, round after round.
  package static var barrier: Program {
    Program(
      "barrier",
      "N tasks wait for each other after each round",
      parameters: [
        Parameter("N", "the number of tasks", standard: "3"),
        Parameter("ROUNDS", "how often they meet", standard: "2"),
        Parameter("WAY", "'right', or 'wrong' for a home-made barrier", standard: "right"),
      ],
      lesson: """
        No task begins a round before all have ended the one before. The barrier counts those who have come, and the \
        last to come wakes the others. In 'barrier 3 2 wrong' it is made of a counter and a semaphore: the last gives a \
        permit for each, but a fast task comes round and takes the permit of a slow one, a round too early. \
        A barrier that is used again needs two gates, or a kernel that knows who waits.
        """
    ) { arguments throws(ProgramArgumentError) in
      let count = try arguments.integer(0, in: 1...100)
      let rounds = try arguments.integer(1, in: 1...1_000)
      let isWrong = try arguments.word(2, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let gate = try await Gate(count, isHomemade: isWrong, os)
        try await os.runTogether(
          (1...count).map { number in
            (
              "runner",
              { os in
                for round in 1...rounds {
                  try await os.write("\(number) in round \(round)")
                  try await gate.pass(isSlow: number == 1, os)
                }
              }
            )
          }
        )
        try await os.write("all have met")
      }
    }
  }
}

/// What the tasks share.
private final class Gate {
  private let count: Int
  /// Nil where the gate is home-made, of the other two.
  private let barrier: Barrier?
  private let homemade: (mutex: Mutex, permits: Semaphore)?
  private var come = 0

  nonisolated(nonsending) init(
    _ count: Int,
    isHomemade: Bool,
    _ os: SystemInterface
  ) async throws {
    self.count = count
    if isHomemade {
      barrier = nil
      homemade = (
        try await os.mutex("counter", isNew: true), try await os.semaphore("permits", isNew: true)
      )
    } else {
      barrier = try await os.barrier("gate", parties: count, isNew: true)
      homemade = nil
    }
  }

  /// Waits until all have come.
  nonisolated(nonsending) func pass(isSlow: Bool, _ os: SystemInterface) async throws {
    if let barrier { try await os.arrive(at: barrier) }
    guard let (mutex, permits) = homemade else { return }
    try await os.withLock(mutex) {
      come += 1
      guard come == count else { return }
      come = 0
      for _ in 1...count { try await os.release(permits) }
    }
    if isSlow { try await os.sleep(30) }
    try await os.acquire(permits)
  }
}
