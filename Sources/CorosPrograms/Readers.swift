package import CorosKernel
import CorosSync

extension Program {
  /// Readers and writers visit one room.
  package static var readers: Program {
    Program(
      "readers",
      "readers share a room, and each writer wants it alone",
      parameters: [
        Parameter(
          "WAY",
          "who goes first: 'first' for readers, 'writers', 'fair'",
          standard: "first"
        )
      ],
      lesson: """
        Two readers come four times each, two writers twice. In 'readers first' a reader walks in while another \
        is there, so the writers wait until no reader comes any more: they starve. In 'readers writers' it is the \
        readers who starve. In 'readers fair' all pass one turnstile, in which a writer stays while it is inside, and \
        they take turns. Courtois, Heymans and Parnas posed the problem in 1971. 'timeline' shows who waits for how long.
        """
    ) { arguments throws(ProgramArgumentError) in
      let way = try arguments.word(0, of: ["first", "writers", "fair"])
      return .body { os in
        let room = try await Room(way, os)
        let visitors = [
          try await os.newTask("r1") { os in try await come("r1", from: 1, 4, os, room.read) },
          try await os.newTask("r2") { os in try await come("r2", from: 5, 4, os, room.read) },
          try await os.newTask("W") { os in try await come("W", from: 9, 2, os, room.write) },
          try await os.newTask("V") { os in try await come("V", from: 12, 2, os, room.write) },
        ]
        try await os.waitForAll(visitors)
        try await os.write("the room is empty")
      }
    }
  }
}

/// Sleeps for some ticks, and then visits the room some times.
private nonisolated(nonsending) func come(
  _ name: String,
  from start: Tick,
  _ times: Int,
  _ os: SystemInterface,
  _ visit: nonisolated(nonsending) (String, SystemInterface) async throws -> Void
) async throws {
  try await os.sleep(start)
  for _ in 1...times { try await visit(name, os) }
}

/// What the tasks share.
private final class Room {
  private let way: String
  /// A permit to be in the room, for one writer or for all readers together.
  private let room: Semaphore
  private let readers: LightSwitch
  /// What readers pass on their way in; a writer, or all waiting writers together, may keep it.
  private let turnstile: Semaphore
  private let writers: LightSwitch

  nonisolated(nonsending) init(_ way: String, _ os: SystemInterface) async throws {
    self.way = way
    room = try await os.semaphore("room", value: 1, isNew: true)
    turnstile = try await os.semaphore("turnstile", value: 1, isNew: true)
    readers = LightSwitch(try await os.mutex("readers", isNew: true), for: room)
    writers = LightSwitch(try await os.mutex("writers", isNew: true), for: turnstile)
  }

  nonisolated(nonsending) func read(_ name: String, _ os: SystemInterface) async throws {
    switch way {
    case "first": try await readers.enter(os)
    case "writers":
      try await os.acquire(turnstile)
      try await readers.enter(os)
      try await os.release(turnstile)
    default:
      try await os.acquire(turnstile)
      try await os.release(turnstile)
      try await readers.enter(os)
    }
    try await stay(name, os)
    try await readers.leave(os)
  }

  nonisolated(nonsending) func write(_ name: String, _ os: SystemInterface) async throws {
    if way == "writers" { try await writers.enter(os) }
    if way == "fair" { try await os.acquire(turnstile) }
    try await os.acquire(room)
    try await stay(name, os)
    if way == "fair" { try await os.release(turnstile) }
    try await os.release(room)
    if way == "writers" { try await writers.leave(os) }
  }

  private nonisolated(nonsending) func stay(_ name: String, _ os: SystemInterface) async throws {
    try await os.write(name)
    try await os.sleep(6)
  }
}
