package import CorosKernel
import CorosSync

extension Program {
  /// Santa Claus sleeps until nine reindeer or three elves wake him.
  package static var santa: Program {
    Program(
      "santa",
      "Santa sleeps until nine reindeer are back, or three elves need help",
      parameters: [
        Parameter("WAY", "'right', or 'wrong' for a deadlock", standard: "right")
      ],
      lesson: """
        Nine reindeer come back, and the last of them wakes Santa; of six elves, three at a time may ask for help, \
        and the third wakes him. A door holds the next elves back until these three have been helped. In 'santa wrong' \
        there is no door: all six are counted before Santa looks, he is woken once, and three elves wait \
        for ever. Trono posed the problem in 1994.
        """
    ) { arguments throws(ProgramArgumentError) in
      let isWrong = try arguments.word(0, of: ["right", "wrong"]) == "wrong"
      return .body { os in
        let pole = try await NorthPole(hasNoDoor: isWrong, os)
        let santa = try await os.newTask("santa", pole.sleep)
        try await os.runTogether(
          (1...6).map { number in ("elf", { os in try await pole.ask(number, os) }) }
            + (1...NorthPole.reindeer).map { number in
              ("reindeer", { os in try await pole.come(number, os) })
            }
        )
        try await os.dismiss([santa])
        try await os.write("all is done")
      }
    }
  }
}

/// What the tasks share.
private final class NorthPole {
  static let reindeer = 9
  private static let group = 3

  private let mutex: Mutex
  /// Permits to wake up, to be hitched, and to be helped.
  private let (santa, hitch, help): (Semaphore, Semaphore, Semaphore)
  /// What elves pass before they are counted; nil in the wrong way.
  private let door: Semaphore?
  private var (home, asking) = (0, 0)

  nonisolated(nonsending) init(hasNoDoor: Bool, _ os: SystemInterface) async throws {
    mutex = try await os.mutex("north pole", isNew: true)
    santa = try await os.semaphore("santa", isNew: true)
    hitch = try await os.semaphore("hitch", isNew: true)
    help = try await os.semaphore("help", isNew: true)
    door = hasNoDoor ? nil : try await os.semaphore("door", value: 1, isNew: true)
  }

  /// Santa's life.
  nonisolated(nonsending) func sleep(_ os: SystemInterface) async throws {
    while true {
      try await os.acquire(santa)
      try await os.withLock(mutex) {
        if home == Self.reindeer {
          home = 0
          try await os.write("the sleigh is ready")
          for _ in 1...Self.reindeer { try await os.release(hitch) }
        } else {
          try await os.write("Santa helps")
          for _ in 1...Self.group { try await os.release(help) }
        }
      }
    }
  }

  /// A reindeer's way back.
  nonisolated(nonsending) func come(_ number: Int, _ os: SystemInterface) async throws {
    try await os.withLock(mutex) {
      home += 1
      if home == Self.reindeer { try await os.release(santa) }
    }
    try await os.acquire(hitch)
    try await os.write("reindeer \(number) is hitched")
  }

  /// An elf's question.
  nonisolated(nonsending) func ask(_ number: Int, _ os: SystemInterface) async throws {
    if let door { try await os.acquire(door) }
    try await os.withLock(mutex) {
      asking += 1
      if asking == Self.group {
        try await os.release(santa)
      } else if let door {
        try await os.release(door)
      }
    }
    try await os.acquire(help)
    try await os.write("elf \(number) got help")
    try await os.withLock(mutex) {
      asking -= 1
      if asking == 0, let door { try await os.release(door) }
    }
  }
}
