import CorosIO
import CorosKernel
import Testing

/// The pieces of Swift in the documentation of this module.
@Suite(.timeLimit(.minutes(15))) struct DocumentationTests {
  @Test func `an echo server`() throws {
    func main() throws {
      let scheduler = Scheduler()
      scheduler.wakeSource = World()
      try scheduler.createTask("echo") { os in
        let listener = try await os.listen("8080")
        while true {
          let connection = try await os.accept(listener)
          _ = try await os.newTask("connection", giving: [connection]) { os in
            while case let bytes = try await os.receive(connection), !bytes.isEmpty {
              try await os.sendAll(bytes, to: connection)
            }
          }
        }
      }
      scheduler.serve()
    }
    // It serves for ever, and a port of that number may be taken: that it compiles is enough, `EchoTests` serve.
    _ = main
  }

  private struct Echo: StateMachine {
    let connection: Handle

    mutating func resume(with resumption: Resumption) -> Trap {
      switch resumption {
      case .failure(let error): .threw(error)
      case .reply(let bytes as [UInt8]):
        bytes.isEmpty ? .returned : .call(SendAll(bytes, to: connection))
      default: .call(Receive(connection))
      }
    }
  }

  @Test func `a connection served by a state machine`() throws {
    let server = Server()
    try server.scheduler.createTask("server") { os in
      let listener = try await os.listen("127.0.0.1:0")
      while true {
        let connection = try await os.accept(listener)
        let machine = Echo(connection: connection)
        _ = try await os.call(
          NewTaskWithHandles("connection", giving: [connection], .machine(machine))
        )
      }
    }
    server.settle()
    let client = try #require(Client(port: server.ports[0]))
    for word in ["one", "two"] {
      client.write(word)
      server.settle()
      #expect(client.peek() == word)
    }
    client.endWriting()
    server.settle()
    #expect(server.handles == ["h1"])
  }

  @Test func `a network with mishaps`() throws {
    let scheduler = Scheduler()
    scheduler.wakeSource = World(device: SimulatedDevice(seed: 7, faults: .rough))
    #expect(scheduler.serve() == .allFinished)
  }
}
