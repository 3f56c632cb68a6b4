package import CorosKernel
import CorosSync

extension Program {
  /// Men and women who use one bathroom, never at the same time.
  package static var bathroom: Program {
    Program(
      "bathroom",
      "men and women use one bathroom with three places, never together",
      parameters: [
        Parameter("WAY", "'right', or 'wrong' without locks", standard: "right")
      ],
      lesson: """
        The first man inside keeps the room for men, and the last to go leaves it free: a light switch. All come \
        through one turnstile, so nobody overtakes, and neither side starves; a semaphore counts the three places. \
        In 'bathroom wrong' each looks who is inside and then goes in, without a lock: so they meet. \
        Downey, The Little Book of Semaphores.
        """
    ) { arguments throws(ProgramArgumentError) in
      let isWrong = try arguments.word(0, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let bathroom = try await SharedBathroom(os)
        let arrivals: [SharedBathroom.Crowd] = [
          .men, .men, .men, .men, .women, .women, .men, .women,
        ]
        try await os.runTogether(
          arrivals.enumerated().map { index, crowd in
            let name = "\(crowd.name) \(index + 1)"
            return (
              crowd.name,
              { os in
                if isWrong {
                  try await bathroom.walkIn(name, crowd, os)
                } else {
                  try await bathroom.visit(name, crowd, os)
                }
              }
            )
          }
        )
        try await os.write("the bathroom is empty")
      }
    }
  }
}

/// What the tasks share.
private final class SharedBathroom {
  enum Crowd: Int {
    case men, women

    var name: String { self == .men ? "man" : "woman" }
  }

  private let (turnstile, places): (Semaphore, Semaphore)
  private let switches: [LightSwitch]
  private var inside = [0, 0]

  nonisolated(nonsending) init(_ os: SystemInterface) async throws {
    turnstile = try await os.semaphore("turnstile", value: 1, isNew: true)
    places = try await os.semaphore("places", value: 3, isNew: true)
    let room = try await os.semaphore("bathroom", value: 1, isNew: true)
    switches = [
      LightSwitch(try await os.mutex("men", isNew: true), for: room),
      LightSwitch(try await os.mutex("women", isNew: true), for: room),
    ]
  }

  nonisolated(nonsending) func visit(
    _ name: String,
    _ crowd: Crowd,
    _ os: SystemInterface
  ) async throws {
    try await os.acquire(turnstile)
    try await switches[crowd.rawValue].enter(os)
    try await os.acquire(places)
    try await os.release(turnstile)
    try await stay(name, crowd, os)
    try await os.release(places)
    try await switches[crowd.rawValue].leave(os)
  }

  /// The same without any lock.
  nonisolated(nonsending) func walkIn(
    _ name: String,
    _ crowd: Crowd,
    _ os: SystemInterface
  ) async throws {
    while inside[1 - crowd.rawValue] > 0 { try await os.yield() }
    try await os.compute()
    try await stay(name, crowd, os)
  }

  private nonisolated(nonsending) func stay(
    _ name: String,
    _ crowd: Crowd,
    _ os: SystemInterface
  ) async throws {
    inside[crowd.rawValue] += 1
    let others = inside[1 - crowd.rawValue]
    try await os.write("\(name) enters" + (others > 0 ? ", and is not alone" : ""))
    try await os.compute(3)
    inside[crowd.rawValue] -= 1
    try await os.write("\(name) leaves")
  }
}
