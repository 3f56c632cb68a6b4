import CorosIO
import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct KillEverywhereTests {
  /// A server, a client and what they say to each other, in a network of the machine's own.
  private func machine(_ device: SimulatedDevice) throws -> Scheduler {
    let scheduler = Scheduler()
    scheduler.wakeSource = World(device: device)
    try scheduler.createTask("server") { os in
      let listener = try await os.listen("7")
      for _ in 0..<2 {
        let connection = try await os.accept(listener)
        _ = try await os.newTask("connection", giving: [connection]) { os in
          try await echo(os, connection)
        }
      }
    }
    for _ in 0..<2 {
      try scheduler.createTask("client") { os in
        let connection = try await os.connect("7")
        try await os.sendAll([UInt8](repeating: 1, count: 10_000), to: connection)
        try await os.shutdown(connection)
        while case let bytes = try await os.receive(connection), !bytes.isEmpty {}
      }
    }
    return scheduler
  }

  @Test(arguments: [SimulatedFaults(), .rough])
  func `no handle is left after a kill, whenever it comes`(faults: SimulatedFaults) throws {
    let whole = try machine(SimulatedDevice(seed: 3, faults: faults))
    whole.serve(ticks: 3_000)
    let length = min(whole.now, 400)
    #expect(length > 30)
    for victim in 1...5 {
      for tick in stride(from: 1, to: length, by: 3) {
        let device = SimulatedDevice(seed: 3, faults: faults)
        let scheduler = try machine(device)
        scheduler.serve(ticks: tick)
        _ = try scheduler.perform(KillTask(TaskID(rawValue: victim)))
        #expect(scheduler.handles.allSatisfy { $0.owner != TaskID(rawValue: victim) })
        #expect(scheduler.brokenInvariants() == [])
        scheduler.shutdown()
        #expect(scheduler.handles.isEmpty)
        #expect(device.openCount == 0 || faults != SimulatedFaults())
      }
    }
  }

  @Test func `twenty thousand connections leave no handle`() throws {
    let device = SimulatedDevice()
    let scheduler = Scheduler()
    scheduler.wakeSource = World(device: device)
    try scheduler.createTask("server") { os in
      let listener = try await os.listen("7")
      while true {
        let connection = try await os.accept(listener)
        _ = try await os.newTask("connection", giving: [connection]) { os in
          try await echo(os, connection)
        }
      }
    }
    #if DEBUG
      let count = 2_000
    #else
      let count = 20_000
    #endif
    try scheduler.createTask("clients") { os in
      for _ in 0..<count {
        let client = try await os.newTask("client") { os in
          let connection = try await os.connect("7")
          try await os.sendAll("hello", to: connection)
          _ = try await os.receive(connection, upTo: 1)
          try await os.sleep(1_000_000)
        }
        for _ in 0..<8 { try await os.yield() }
        _ = try await os.killTask(client)
      }
    }
    scheduler.serve { $0.info(2)?.status != nil && device.openCount == 1 }
    #expect(scheduler.handles.count == 1)
    #expect(device.openCount == 1)
  }
}
