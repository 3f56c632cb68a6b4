package import CorosKernel
import CorosSync

extension Program {
  /// Atoms that bond to molecules of water.
  package static var h2o: Program {
    Program(
      "h2o",
      "atoms of hydrogen and oxygen bond, two and one at a time",
      parameters: [
        Parameter("N", "the number of molecules", standard: "2"),
        Parameter("WAY", "'right', or 'wrong' without a barrier", standard: "right"),
      ],
      lesson: """
        An atom waits until two H and one O are there; these three bond, each writes its sign, and none of the next \
        molecule may come between. A barrier keeps the three together until all have bonded, and only \
        then lets the next form; an H needs ten ticks longer. In 'h2o 2 wrong' \
        there is no barrier, the next forms at once, and atoms of two molecules mix.
        """
    ) { arguments throws(ProgramArgumentError) in
      let count = try arguments.integer(0, in: 1...100)
      let isWrong = try arguments.word(1, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let flask = try await Flask(hasNoBarrier: isWrong, os)
        let signs = Array(repeating: ["H", "H", "O"], count: count).joined()
        try await os.runTogether(
          signs.map { sign in (sign, { os in try await flask.bond(sign, os) }) }
        )
        try await os.write("\(count) H2O")
      }
    }
  }
}

/// What the tasks share.
private final class Flask {
  /// A permit to form a molecule: its O gives it back when all three have bonded, whoever has taken it.
  private let flask: Semaphore
  /// Permits to bond.
  private let (hydrogen, oxygen): (Semaphore, Semaphore)
  /// Where the three of a molecule wait for each other; nil in the wrong way.
  private let bonded: Barrier?
  private var (hydrogens, oxygens) = (0, 0)

  nonisolated(nonsending) init(hasNoBarrier: Bool, _ os: SystemInterface) async throws {
    flask = try await os.semaphore("flask", value: 1, isNew: true)
    hydrogen = try await os.semaphore("hydrogen", isNew: true)
    oxygen = try await os.semaphore("oxygen", isNew: true)
    bonded = hasNoBarrier ? nil : try await os.barrier("bonded", parties: 3, isNew: true)
  }

  /// An atom's life.
  nonisolated(nonsending) func bond(_ sign: String, _ os: SystemInterface) async throws {
    let isOxygen = sign == "O"
    try await os.acquire(flask)
    if isOxygen { oxygens += 1 } else { hydrogens += 1 }
    if hydrogens >= 2, oxygens >= 1 {
      (hydrogens, oxygens) = (hydrogens - 2, oxygens - 1)
      for _ in 1...2 { try await os.release(hydrogen) }
      try await os.release(oxygen)
      if bonded == nil { try await os.release(flask) }
    } else {
      try await os.release(flask)
    }
    try await os.acquire(isOxygen ? oxygen : hydrogen)
    if !isOxygen { try await os.compute(10) }
    try await os.write(sign)
    guard let bonded else { return }
    try await os.arrive(at: bonded)
    if isOxygen { try await os.release(flask) }
  }
}
