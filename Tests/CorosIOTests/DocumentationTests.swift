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

  @Test func `a network with mishaps`() throws {
    let scheduler = Scheduler()
    scheduler.wakeSource = World(device: SimulatedDevice(seed: 7, faults: .rough))
    #expect(scheduler.serve() == .allFinished)
  }
}
