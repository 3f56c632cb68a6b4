package import CorosKernel
import CorosSync

extension Program {
  /// A barber who sleeps while nobody comes.
  package static var barber: Program {
    Program(
      "barber",
      "a barber serves N customers, of whom CHAIRS may wait",
      parameters: [
        Parameter("CHAIRS", "how many can wait", standard: "2"),
        Parameter("N", "how many customers come", standard: "6"),
        Parameter("WAY", "'right', or 'wrong' without a lock", standard: "right"),
      ],
      lesson: """
        A customer who finds a free chair takes it, and wakes the barber; one who finds none leaves. To look and to \
        take the chair must be one act, so a mutex protects the number of taken chairs. In 'barber 2 6 wrong' \
        there is no mutex: two customers see the last free chair, and both take it. Dijkstra's sleeping \
        barber, 1965. When all customers have gone, the shop cancels the barber, who would wait for ever.
        """
    ) { arguments throws(ProgramArgumentError) in
      let chairs = try arguments.integer(0, in: 1...100)
      let count = try arguments.integer(1, in: 1...200)
      let isWrong = try arguments.word(2, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let shop = try await BarberShop(chairs, hasNoLock: isWrong, os)
        let barber = try await os.newTask("barber", shop.serve)
        try await os.runTogether(
          (1...count).map { number in
            ("customer", { os in try await shop.visit(number, os) })
          }
        )
        try await os.dismiss([barber])
        try await os.write(shop.summary)
      }
    }
  }
}

/// What the tasks share.
private final class BarberShop {
  private let chairs: Int
  /// Protects the chairs; nil in the wrong way.
  private let mutex: Mutex?
  /// A permit for each customer who waits, for the barber, and for a customer whose hair is cut.
  private let (customers, barber, done): (Semaphore, Semaphore, Semaphore)
  private var waiting = 0
  private var (served, left, standing) = (0, 0, 0)

  nonisolated(nonsending) init(
    _ chairs: Int,
    hasNoLock: Bool,
    _ os: SystemInterface
  ) async throws {
    self.chairs = chairs
    mutex = hasNoLock ? nil : try await os.mutex("chairs", isNew: true)
    customers = try await os.semaphore("customers", isNew: true)
    barber = try await os.semaphore("barber", isNew: true)
    done = try await os.semaphore("done", isNew: true)
  }

  var summary: String {
    "\(served) served, \(left) left" + (standing > 0 ? ", \(standing) had no chair" : "")
  }

  /// The barber's life.
  nonisolated(nonsending) func serve(_ os: SystemInterface) async throws {
    while true {
      try await os.acquire(customers)
      try await guarded(os) { waiting -= 1 }
      try await os.release(barber)
      try await os.compute(4)
      try await os.release(done)
    }
  }

  /// A customer's visit.
  nonisolated(nonsending) func visit(_ number: Int, _ os: SystemInterface) async throws {
    let hasChair = try await guarded(os) {
      guard waiting < chairs else { return false }
      try await os.compute()
      waiting += 1
      return true
    }
    guard hasChair else {
      left += 1
      return try await os.write("\(number) leaves")
    }
    if waiting > chairs {
      standing += 1
      try await os.write("\(number) sits down where there is no chair")
    }
    try await os.release(customers)
    try await os.acquire(barber)
    try await os.acquire(done)
    served += 1
    try await os.write("\(number) is served")
  }

  private nonisolated(nonsending) func guarded<Result>(
    _ os: SystemInterface,
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    guard let mutex else { return try await body() }
    return try await os.withLock(mutex, body)
  }
}
