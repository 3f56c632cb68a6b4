import CorosHistory
import CorosIO
import CorosKernel
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the system does with descriptors that is easy to get wrong.
@Suite(.timeLimit(.minutes(15))) struct SystemDeviceTests {
  private let path = "/tmp/coros-\(UInt64.random(in: 0 ... .max))"

  /// Leaves a socket at the path at which nobody listens, as a killed process does.
  private func leaveSocket() {
    #if os(Linux)
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    close(descriptor)
  }

  private func listen() throws -> [String] {
    let server = Server()
    let path = path
    try server.scheduler.createTask { os in
      do {
        try await os.close(try await os.listen(path))
        server.notes.append("listens")
      } catch {
        server.notes.append("\(error)")
      }
    }
    server.scheduler.serve()
    return server.notes
  }

  @Test func `the socket of a killed process is replaced`() throws {
    leaveSocket()
    #expect(access(path, F_OK) == 0)
    #expect(try listen() == ["listens"])
    #expect(access(path, F_OK) != 0)
  }

  @Test func `a file in the place of a socket stays`() throws {
    let file = try #require(fopen(path, "w"))
    fputs("dear", file)
    fclose(file)
    defer { unlink(path) }
    #expect(try listen() == ["\(IOFailure.addressInUse)"])
    #expect(access(path, F_OK) == 0)
  }

  @Test func `a socket at which somebody listens stays`() throws {
    let server = Server()
    let path = path
    try server.scheduler.createTask { os in
      let listener = try await os.listen(path)
      _ = try await os.accept(listener)
    }
    server.settle()
    #expect(try listen() == ["\(IOFailure.addressInUse)"])
    #expect(access(path, F_OK) == 0)
    server.world.closeAll()
    unlink(path)
  }

  @Test func `a descriptor of the process is opened again and again, though the original lives`()
    throws
  {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let server = Server(World(device: SystemDevice(named: ["in": "fd:\(ends[0])"])))
    for word in ["one", "two", "three"] {
      try server.scheduler.createTask { os in
        let pipe = try await os.open("in")
        server.notes.append(String(decoding: try await os.receive(pipe), as: UTF8.self))
      }
      server.settle()
      #expect(write(ends[1], word, word.utf8.count) == word.utf8.count)
      server.settle()
    }
    #expect(server.notes == ["one", "two", "three"])
    // Nobody has it open, so what comes now wakes nobody.
    #expect(write(ends[1], "four", 4) == 4)
    server.settle()
    #expect(server.handles.isEmpty)
  }

  @Test func `who waits to write to a pipe learns that its reader has gone`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let server = Server(World(device: SystemDevice(named: ["out": "fd:\(ends[1])"])))
    try server.scheduler.createTask { os in
      let pipe = try await os.open("out", forWriting: true)
      do {
        while true { try await os.sendAll([UInt8](repeating: 0, count: 65_536), to: pipe) }
      } catch {
        server.notes.append("\(error)")
      }
    }
    server.settle()
    #expect(server.notes.isEmpty && server.handles.count == 1)
    close(ends[0])
    server.settle()
    #expect(server.notes == ["\(IOFailure.reset)"])
    close(ends[1])
  }

  @Test func `both sides may end what they send, and the end stays the end`() throws {
    let server = Server()
    try server.listen { os, connection in
      try await os.shutdown(connection)
      for _ in 1...3 {
        let bytes = try await os.receive(connection)
        server.notes.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    server.settle()
    let client = try #require(Client(port: server.ports[0]))
    server.settle()
    #expect(client.peek() == "")
    client.write("late")
    server.settle()
    client.endWriting()
    server.settle()
    #expect(server.notes == ["late", "", ""])
  }

  @Test func `a world that keeps no recording serves, and cannot go back`() throws {
    let world = World(isRecorded: false)
    let machine = TimeMachine {
      let scheduler = Scheduler()
      scheduler.wakeSource = world
      return scheduler
    }
    try machine.act("spawn") { scheduler in
      _ = try scheduler.createTask { os in
        let file = try await os.open("/dev/zero")
        for _ in 1...100 { _ = try await os.receive(file, upTo: 1_000) }
      }
    }
    machine.run()
    #expect(machine.scheduler.liveTaskCount == 0)
    #expect(world.recording.isEmpty && world.recordingSize == 0)
    #expect(throws: Divergence.self) { try machine.back(5) }
  }

  // MARK: What has come

  /// A connection of a device, and the other side of it.
  private final class Line {
    let device = SystemDevice()
    let client: Client
    private let key: Int

    init() throws {
      guard
        case .opened(let listener, let address, _) = device.perform(
          .listen(try Address("127.0.0.1:0"))
        ),
        let port = address.split(separator: ":").last.flatMap({ Int($0) })
      else { throw IOFailure.refused }
      client = try #require(Client(port: port))
      while true {
        if case .opened(let key, _, _) = device.perform(.accept(key: listener)) {
          self.key = key
          return
        }
        _ = device.collect(milliseconds: 10)
      }
    }

    /// Waits until the device tells of the connection.
    func wait() { while !device.collect(milliseconds: 10).contains(where: { $0.key == key }) {} }

    var bytes: String? {
      guard case .bytes(let bytes) = device.perform(.receive(key: key, upTo: 100)) else {
        return nil
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func `bytes that come after all others were taken are told of`() throws {
    let line = try Line()
    for word in ["one", "two", "three"] {
      #expect(line.bytes == nil)
      line.client.write(word)
      line.wait()
      #expect(line.bytes == word)
    }
  }

  @Test func `an end that comes with the last bytes is not missed`() throws {
    let line = try Line()
    line.client.write("last")
    line.client.endWriting()
    line.wait()
    #expect(line.bytes == "last")
    #expect(line.bytes == "")
    #expect(line.bytes == "")
  }

  @Test func `bytes behind an urgent one are not missed`() throws {
    let line = try Line()
    line.client.write("before")
    _ = send(line.client.descriptor, "!", 1, Int32(MSG_OOB))
    line.client.write("behind")
    line.wait()
    #expect(line.bytes == "before")
    #expect(line.bytes == "behind")
  }
}
