import CorosIO
import CorosKernel
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.timeLimit(.minutes(15))) struct HandleTests {
  @Test func `a second task in the same direction is told that another waits`() throws {
    let server = Server()
    try server.listen { os, connection in
      _ = try await os.newTask { os in
        do { _ = try await os.receive(connection) } catch { server.notes.append("\(error)") }
      }
      _ = try await os.receive(connection)
    }
    let client = try #require(Client(port: server.port))
    server.settle()
    // The one that came second ends by it, and takes the connection with it.
    #expect(
      server.notes == ["busy: task 3 waits to read h2 already", "closed: task 2 closed the handle"]
    )
    client.end()
  }

  @Test func `closing wakes those who wait, and the handle is closed for ever`() throws {
    let server = Server()
    try server.scheduler.createTask("reader") { os in
      let listener = try await os.listen("127.0.0.1:0")
      for number in 1...2 {
        _ = try await os.newTask("waiter") { os in
          do { _ = try await os.accept(listener) } catch {
            server.notes.append("\(number) \(error)")
          }
        }
      }
      try await os.sleep(5)
      try await os.close(listener)
      try await os.yield()
      do { _ = try await os.accept(listener) } catch { server.notes.append("\(error)") }
      do { try await os.close(listener) } catch { server.notes.append("\(error)") }
    }
    #expect(server.scheduler.serve() == .allFinished)
    #expect(
      server.notes == [
        "1 closed: task 1 closed the handle", "2 closed: task 1 closed the handle",
        "closed: the handle is closed", "closed: the handle is closed",
      ]
    )
  }

  @Test func `a handle is closed with its task, however that ends`() throws {
    for ending in 0..<4 {
      let device = SystemDevice()
      let server = Server(World(device: device))
      try server.scheduler.createTask("owner") { os in
        _ = try await os.listen("127.0.0.1:0")
        switch ending {
        case 0: return
        case 1: throw IOFailure.refused
        case 2: try await os.exit(3)
        default: try await os.sleep(1_000)
        }
      }
      server.scheduler.run(ticks: 2)
      if ending == 3 { try server.scheduler.perform(KillTask(1)) }
      server.scheduler.run(ticks: 2)
      #expect(server.handles.isEmpty)
      #expect(device.openCount == 0)
    }
  }

  @Test func `a given handle outlives the giver`() throws {
    let server = Server()
    try server.scheduler.createTask("giver") { os in
      let listener = try await os.listen("127.0.0.1:0")
      let child = try await os.newTask("taker") { os in try await os.sleep(100) }
      try await os.give(listener, to: child)
      do { try await os.give(listener, to: 77) } catch { server.notes.append("\(error)") }
    }
    server.scheduler.run(ticks: 20)
    #expect(server.handles == ["h1"])
    #expect(server.notes == ["h1 cannot be given to task 77: it is not alive"])
    #expect(server.scheduler.serve() == .allFinished)
    #expect(server.handles.isEmpty)
  }

  @Test func `at the limit of handles, opening and accepting wait until one is closed`() throws {
    let server = Server(World(handleLimit: 2))
    try server.listen(echo)
    let one = try #require(Client(port: server.port))
    let other = try #require(Client(port: server.port))
    one.write("one")
    other.write("other")
    try server.scheduler.createTask("opener") { os in
      _ = try await os.open("/dev/null")
      server.notes.append("opened")
    }
    server.settle()
    #expect(one.peek() == "one")
    #expect(other.peek() == nil)
    #expect(server.notes.isEmpty)
    one.end()
    server.settle()
    #expect(server.notes == ["opened"])
    #expect(other.peek() == "other")
  }

  @Test func `a wait can be timed, cancelled and killed, and leaves nothing`() throws {
    let server = Server()
    try server.scheduler.createTask("timed") { os in
      let listener = try await os.listen("127.0.0.1:0")
      do { _ = try await os.accept(listener, timeout: 10) } catch {
        server.notes.append("\(error)")
      }
      do { _ = try await os.accept(listener) } catch { server.notes.append("\(error)") }
      _ = try await os.accept(listener)
    }
    server.scheduler.run(ticks: 30)
    #expect(server.notes == ["timed out"])
    try server.scheduler.perform(CancelTask(1, because: "enough"))
    server.settle()
    #expect(server.notes.count == 2)
    #expect(server.notes.last?.contains("enough") == true)
    #expect(server.scheduler.brokenInvariants() == [])
    try server.scheduler.perform(KillTask(1))
    #expect(server.handles.isEmpty)
    #expect(server.scheduler.brokenInvariants() == [])
  }

  @Test func `a machine without a world has no handles`() throws {
    let scheduler = Scheduler()
    var said = ""
    try scheduler.createTask { os in
      do { _ = try await os.listen("0") } catch { said = "\(error)" }
    }
    #expect(scheduler.serve() == .allFinished)
    #expect(said == "this machine has no world: no handles can be opened")
  }

  @Test(arguments: [
    (
      "0.0.0.0:0",
      "denied: 0.0.0.0:0 can be reached from other machines: only 127.0.0.1 is allowed here"
    ),
    (
      "example.org:80",
      "invalid: 'example.org' is no number of a host: names are not looked up, so write it as 127.0.0.1"
    ),
    (
      "127.0.0.1:99999",
      "invalid: '99999' is no port: the highest is 65535"
    ),
    (
      "127.0.0.1:http",
      "invalid: '127.0.0.1:http' is no address: write PORT, HOST:PORT or a path with a slash"
    ),
    (
      "/" + String(repeating: "x", count: 200),
      "invalid: a socket's path has at most 103 bytes: use a shorter one"
    ),
    ("/nowhere/at/all", "not found: /nowhere/at/all"),
  ])
  func `an address that is wrong is refused with the way out`(
    address: String,
    message: String
  ) throws {
    let server = Server()
    try server.scheduler.createTask { os in
      do { _ = try await os.listen(address) } catch { server.notes.append("\(error)") }
    }
    server.scheduler.serve()
    #expect(server.notes == [message])
  }

  @Test func `nobody listens, or somebody else does`() throws {
    let server = Server()
    try server.scheduler.createTask { os in
      let listener = try await os.listen("127.0.0.1:0")
      let port = server.ports[0]
      do { _ = try await os.listen("\(port)") } catch { server.notes.append("\(error)") }
      try await os.close(listener)
      do { _ = try await os.connect("\(port)") } catch { server.notes.append("\(error)") }
    }
    #expect(server.scheduler.serve() == .allFinished)
    #expect(server.notes == ["\(IOFailure.addressInUse)", "\(IOFailure.refused)"])
    #expect(server.handles.isEmpty)
  }

  @Test func `files are read at once, and written at their end`() throws {
    let server = Server()
    try server.scheduler.createTask { os in
      let file = try await os.open("/dev/zero")
      server.notes.append("\(try await os.receive(file, upTo: 5))")
      let null = try await os.open("/dev/null", forWriting: true)
      try await os.sendAll("gone", to: null)
      do { _ = try await os.open("/") } catch { server.notes.append("\(error)") }
      let folder = try await os.open("/")
      do { _ = try await os.receive(folder) } catch { server.notes.append("\(error)") }
    }
    server.scheduler.serve()
    #expect(server.notes.first == "[0, 0, 0, 0, 0]")
    #expect(server.notes.last == "unsupported: / is a folder")
  }

  @Test func `writing to a pipe that nobody reads fails, and no signal comes`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let server = Server(World(device: SystemDevice(named: ["out": "fd:\(ends[1])"])))
    close(ends[0])
    defer { close(ends[1]) }
    try server.scheduler.createTask { os in
      let pipe = try await os.open("out", forWriting: true)
      do { try await os.sendAll("gone", to: pipe) } catch { server.notes.append("\(error)") }
    }
    server.scheduler.serve()
    #expect(server.notes == ["\(IOFailure.reset)"])
  }

  @Test func `what comes by a pipe is read, and then its end`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let server = Server(World(device: SystemDevice(named: ["in": "fd:\(ends[0])"])))
    try server.scheduler.createTask { os in
      let pipe = try await os.open("in")
      while case let bytes = try await os.receive(pipe), !bytes.isEmpty {
        server.notes.append(String(decoding: bytes, as: UTF8.self))
      }
      server.notes.append("end")
    }
    server.settle()
    #expect(server.notes.isEmpty)
    #expect(write(ends[1], "hello", 5) == 5)
    server.settle()
    close(ends[1])
    server.settle()
    close(ends[0])
    #expect(server.notes == ["hello", "end"])
  }

  @Test func `two machines of one process speak by a path`() throws {
    let path = "/tmp/coros-\(UInt64.random(in: 0 ... .max))"
    let server = Server()
    try server.scheduler.createTask("server") { os in
      let listener = try await os.listen(path)
      let connection = try await os.accept(listener)
      try await echo(os, connection)
    }
    try server.scheduler.createTask("client") { os in
      try await os.sleep(5)
      let connection = try await os.connect(path)
      try await os.sendAll("over the path", to: connection)
      server.notes.append(String(decoding: try await os.receive(connection), as: UTF8.self))
    }
    #expect(server.scheduler.serve() == .allFinished)
    #expect(server.notes == ["over the path"])
  }

  @Test func `the ancestor's calls say when to try again`() throws {
    let server = Server()
    try server.listen { os, connection in
      try await os.readWait(connection)
      let bytes = try await os.receive(connection)
      try await os.writeWait(connection)
      _ = try await os.send(bytes, to: connection)
    }
    let client = try #require(Client(port: server.port))
    client.write("wait for me")
    server.settle()
    #expect(client.peek() == "wait for me")
  }
}
