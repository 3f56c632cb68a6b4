import CorosIO
package import CorosKernel
import CorosSync

extension Program {
  /// A room in which each client hears the others.
  package static var chat: Program {
    Program(
      "chat",
      "passes on each line of a client to all others",
      parameters: [.listening],
      lesson: """
        A task for each client reads its lines and sends them to the others. Two tasks must not send to the same client at \
        once, or their lines would mix; so a mutex goes with each connection. A client that does not read makes those wait \
        who send to it: 'locks' shows which.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      return .body { os in
        let room = Room()
        try await os.serve(address, naming: "guest") { os, connection in
          try await room.host(
            Guest(connection, try await os.mutex("h\(connection.number)'s turn")),
            os
          )
        }
      }
    }
  }
}

/// Who is in the room.
private final class Room {
  private var guests: [Guest] = []

  nonisolated(nonsending) func host(_ guest: Guest, _ os: SystemInterface) async throws {
    guests.append(guest)
    defer { guests.removeAll { $0.connection == guest.connection } }
    try await tell("\(guest.name) is here", except: guest, os)
    var lines = Lines(guest.connection)
    while let line = try? await lines.next(os) {
      try await tell("\(guest.name): " + String(decoding: line, as: UTF8.self), except: guest, os)
    }
    guests.removeAll { $0.connection == guest.connection }
    try await tell("\(guest.name) has left", except: guest, os)
  }

  private nonisolated(nonsending) func tell(
    _ text: String,
    except speaker: Guest,
    _ os: SystemInterface
  ) async throws {
    for guest in guests where guest.connection != speaker.connection {
      try await os.lock(guest.turn)
      // Who has left meanwhile hears nothing.
      do { try await os.sendAll(text + "\n", to: guest.connection) } catch is IOFailure {}
      try await os.unlock(guest.turn)
    }
  }
}

/// A client in the room.
private struct Guest {
  let connection: Handle
  let turn: Mutex
  var name: String { "guest \(connection.number - 1)" }

  init(_ connection: Handle, _ turn: Mutex) {
    self.connection = connection
    self.turn = turn
  }
}
