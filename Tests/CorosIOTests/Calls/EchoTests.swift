import CorosIO
import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct EchoTests {
  @Test func `an echo server answers what comes, and closes with the other side`() throws {
    let server = Server()
    try server.listen(echo)
    #expect(server.scheduler.runEventLoop() == .waiting([waiting(server)].compactMap { $0 }))
    let client = try #require(Client(port: server.port))
    client.write("hello")
    server.settle()
    #expect(client.peek() == "hello")
    #expect(server.handles == ["h1", "h2"])
    client.endWriting()
    server.settle()
    #expect(client.read() == "")
    #expect(server.handles == ["h1"])
    #expect(server.scheduler.brokenInvariants() == [])
  }

  private func waiting(_ server: Server) -> BlockedTask? {
    if case .waiting(let tasks) = server.scheduler.runEventLoop() { tasks.first } else { nil }
  }

  @Test func `a connection that is broken off fails its own task alone`() throws {
    let server = Server()
    try server.listen(echo)
    let (one, other) = (
      try #require(Client(port: server.port)), try #require(Client(port: server.port))
    )
    server.settle()
    one.reset()
    server.settle()
    #expect(server.notes == ["\(IOFailure.reset)"])
    other.write("still here")
    server.settle()
    #expect(other.peek() == "still here")
  }

  @Test func `to end what is sent on a connection that was broken off fails by that name`() throws {
    let server = Server()
    try server.listen { os, connection in
      // It learns of the end by the call itself.
      try await os.sleep(1)
      try await os.shutdown(connection)
    }
    let client = try #require(Client(port: server.port))
    client.write("never read")
    client.reset()
    server.settle()
    #expect(server.notes == ["\(IOFailure.reset)"])
  }

  @Test func `what has come at once is taken in the order of handles`() throws {
    let server = Server()
    try server.listen { os, connection in
      let bytes = try await os.receive(connection)
      server.notes.append(String(decoding: bytes, as: UTF8.self))
    }
    let clients = try (0..<6).map { _ in try #require(Client(port: server.port)) }
    server.settle()
    for number in [3, 0, 5, 2, 4, 1] { clients[number].write("\(number)") }
    server.settle()
    #expect(server.notes == ["0", "1", "2", "3", "4", "5"])
  }

  @Test func `a storm of connections that are broken off leaves no handle`() throws {
    let device = SystemDevice()
    let server = Server(World(device: device))
    try server.listen(echo)
    for _ in 0..<300 {
      let client = try #require(Client(port: server.port))
      client.write("x")
      client.reset()
      server.pump()
    }
    server.settle()
    #expect(server.handles.count == 1)
    #expect(device.openCount == 1)
  }

  @Test func `after the end of what comes one can send on`() throws {
    let server = Server()
    try server.listen { os, connection in
      var all: [UInt8] = []
      while case let bytes = try await os.receive(connection), !bytes.isEmpty { all += bytes }
      #expect(try await os.receive(connection).isEmpty)
      try await os.sendAll(all.reversed(), to: connection)
      try await os.shutdown(connection)
      // The other side has ended, too: nothing more comes.
      #expect(try await os.receive(connection).isEmpty)
    }
    let client = try #require(Client(port: server.port))
    client.write("abc")
    client.endWriting()
    server.settle()
    #expect(client.read() == "cba")
    #expect(client.read() == "")
  }

  @Test func `a message larger than the system takes comes whole, and waits for the reader`() throws
  {
    let server = Server()
    let size = 16 << 20
    try server.listen { os, connection in
      try await os.sendAll([UInt8](repeating: 7, count: size), to: connection)
      server.notes.append("sent")
    }
    let client = try #require(Client(port: server.port))
    server.settle()
    #expect(server.notes.isEmpty)
    var received = 0
    while received < size, let text = client.read(), !text.isEmpty {
      received += text.utf8.count
      server.pump()
    }
    #expect(received == size)
    server.settle()
    #expect(server.notes == ["sent"])
  }

  @Test func `who sends to somebody who is gone fails, and no signal comes`() throws {
    let server = Server()
    try server.listen { os, connection in
      _ = try await os.receive(connection)
      for _ in 0..<4 { try await os.sendAll("anybody there", to: connection) }
    }
    let client = try #require(Client(port: server.port))
    client.reset()
    server.settle()
    #expect(server.notes == ["\(IOFailure.reset)"])
  }
}
