import CorosIO
import CorosKernel
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The system has no descriptors left, whatever the limit of handles.
@Suite struct DescriptorTests {
  /// A system that has one descriptor for a listener, and none for connections until it was asked a few times.
  private final class PoorDevice: Device {
    private var attempts = 0

    func perform(_ request: DeviceRequest) -> DeviceResult {
      switch request {
      case .limit: return .count(100)
      case .listen: return .opened(key: 1, address: "7", isAlwaysReady: false)
      case .accept:
        attempts += 1
        return attempts <= 3
          ? .failed(EMFILE) : .opened(key: 2, address: "guest", isAlwaysReady: false)
      default: return .failed(EMFILE)
      }
    }

    func close(_ key: Int) {}

    func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] { [(1, 3)] }
  }

  /// A server in a world, and what is told of it.
  private func run(_ world: World) throws -> (notes: [String], shortages: [Int]) {
    let server = Server(world)
    let log = EventLog(.details)
    server.scheduler.add(log)
    try server.scheduler.createTask("server") { os in
      let listener = try await os.listen("7")
      server.notes.append("\(try await os.accept(listener))")
      do { _ = try await os.open("/dev/null") } catch { server.notes.append("\(error)") }
    }
    server.scheduler.serve()
    let shortages = log.events.compactMap { event -> Int? in
      if case .detail(.scarce(let used, nil)) = event.action { used } else { nil }
    }
    return (server.notes, shortages)
  }

  @Test func `a connection waits until there is a descriptor, and the shortage is told of`() throws
  {
    let world = World(device: PoorDevice())
    let (notes, shortages) = try run(world)
    #expect(notes == ["h2", "too many open files"])
    #expect(shortages == [1, 1, 1, 2])
    #expect(world.recording.map(\.description).contains("h1 accept - failed 24"))
  }
}
