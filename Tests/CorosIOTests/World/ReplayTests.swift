import CorosHistory
import CorosIO
import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct ReplayTests {
  /// A time machine with a world, and an echo server in it.
  private final class Studio {
    let world: World
    let machine: TimeMachine
    var port = 0

    init(_ device: any Device = SystemDevice(), body: @escaping TaskBody) throws {
      let world = World(device: device)
      self.world = world
      machine = TimeMachine {
        let scheduler = Scheduler()
        scheduler.wakeSource = world
        return scheduler
      }
      try machine.act("spawn") { try $0.createTask("server", body) }
    }

    func settle() {
      var quiet = 0
      var before = machine.moment
      machine.run { _ in
        quiet = self.machine.moment == before ? quiet + 1 : 0
        before = self.machine.moment
        return quiet > 1
      }
    }

    var ports: [Int] { listeningPorts(machine.scheduler) }

    var picture: String {
      machine.scheduler.objects.map { "\($0.name) \($0.summary)" }.joined(separator: "\n")
        + "\ntick \(machine.scheduler.now)"
    }
  }

  private static func server(_ os: SystemInterface) async throws {
    let listener = try await os.listen("127.0.0.1:0")
    while true {
      let connection = try await os.accept(listener)
      _ = try await os.newTask("connection", giving: [connection]) { os in
        try await echo(os, connection)
      }
    }
  }

  @Test func `a served connection is travelled back and forth without a network`() throws {
    let studio = try Studio(body: Self.server)
    studio.settle()
    let client = try #require(Client(port: studio.ports[0]))
    for word in ["one", "two", "three"] {
      client.write(word)
      studio.settle()
      #expect(client.peek() == word)
    }
    let (picture, moment, size) = (
      studio.picture, studio.machine.moment, studio.world.recording.count
    )
    for target in stride(from: moment, through: 0, by: -1) { try studio.machine.go(to: target) }
    #expect(studio.machine.scheduler.objects.isEmpty)
    try studio.machine.go(to: moment)
    #expect(studio.picture == picture)
    #expect(studio.world.recording.count == size)
    #expect(client.peek() == nil)
    // It is the live edge again.
    client.write("four")
    studio.settle()
    #expect(client.peek() == "four")
  }

  @Test
  func `on a branch in the past connections are broken off, and on the old branch they go on`()
    throws
  {
    let studio = try Studio(body: Self.server)
    studio.settle()
    let client = try #require(Client(port: studio.ports[0]))
    client.write("one")
    studio.settle()
    #expect(client.peek() == "one")
    let end = studio.machine.moment
    client.write("two")
    studio.settle()
    try studio.machine.go(to: end)
    try studio.machine.act("spawn") { try $0.createTask("other") { os in try await os.yield() } }
    #expect(studio.machine.branch == 2)
    studio.settle()
    let server = try #require(studio.machine.scheduler.info(1))
    #expect(server.status == .failed("\(IOFailure.reset)"))
    try studio.machine.switch(to: 1)
    #expect(client.peek() == "two")
    client.write("three")
    studio.settle()
    #expect(client.peek() == "three")
  }

  /// Tasks that speak to each other in a rough network, by numbers drawn from a seed.
  private static func talk(_ os: SystemInterface) async throws {
    let listener = try await os.listen("7")
    for _ in 0..<4 {
      _ = try await os.newTask("client") { os in
        let size = try await os.random(below: 300)
        let connection = try await os.connect("7")
        try await os.sendAll([UInt8](repeating: 65, count: size), to: connection)
        try await os.shutdown(connection)
        var count = 0
        while case let bytes = try await os.receive(connection), !bytes.isEmpty {
          count += bytes.count
        }
        try await os.write("\(size) \(count)")
      }
    }
    for _ in 0..<4 {
      let connection = try await os.accept(listener, timeout: 5_000)
      _ = try await os.newTask("connection", giving: [connection]) { os in
        try await echo(os, connection)
      }
    }
  }

  @Test(arguments: 0..<100) func `a random exchange is replayed exactly, from its recording alone`(
    seed: UInt64
  ) throws {
    func play(_ world: World) throws -> (machine: TimeMachine, events: EventLog) {
      let machine = TimeMachine {
        let scheduler = Scheduler(policy: Lottery(), seed: seed)
        scheduler.wakeSource = world
        return scheduler
      }
      let log = EventLog()
      machine.add(log)
      try machine.act("spawn") { try $0.createTask("talk", Self.talk) }
      return (machine, log)
    }
    let world = World(device: SimulatedDevice(seed: seed, faults: .rough))
    let (machine, log) = try play(world)
    machine.run(ticks: 100_000)
    #expect(machine.divergence == nil)
    #expect(machine.scheduler.brokenInvariants() == [])
    // There and back is the same run.
    let (end, count) = (machine.moment, log.events.count)
    let last = machine.scheduler.now
    try machine.go(to: 0)
    try machine.go(to: end)
    #expect(machine.scheduler.now == last)
    #expect(count > 0)
    // And so is one in another process, which has nothing but the text of the recording.
    let lines = world.recording.map(\.description)
    let entries = try lines.map { try #require(TapeEntry($0)) }
    #expect(entries == world.recording)
  }

  @Test func `a recording with one bit changed names the first difference`() throws {
    let studio = try Studio(body: Self.server)
    studio.settle()
    let client = try #require(Client(port: studio.ports[0]))
    client.write("hello")
    studio.settle()
    let lines = studio.world.recording.map(\.description)
    let changed = lines.map { $0.replacing("bytes hello", with: "bytes hellm") }
    #expect(lines != changed)
    let entries = try changed.map { try #require(TapeEntry($0)) }
    let world = World(device: RecordedDevice(entries))
    let scheduler = Scheduler()
    scheduler.wakeSource = world
    try scheduler.createTask("server", Self.server)
    scheduler.run()
    for arrival in [1, 2] {
      guard let object = scheduler.objects.first(where: { $0.name.hasPrefix("h\(arrival) ") })
      else { continue }
      scheduler.admit([Arrival(for: object.id, kinds: 3)])
      scheduler.run()
    }
    let found = try #require(scheduler.disagreement)
    #expect(found.expected.hasPrefix("`h2 send 5:"))
    #expect(found.found.hasSuffix("at byte 0 of what it sends"))
  }
}
