import CorosHistory
import CorosKernel
import CorosMonitor
import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The code of the documentation, with the environment of the process.
@Suite(.serialized, .timeLimit(.minutes(15))) struct DocumentationTests {
  @Test func `a machine with a monitor`() throws {
    let folder = try TemporaryFolder()
    setenv("XDG_RUNTIME_DIR", folder.path, 1)
    defer { unsetenv("XDG_RUNTIME_DIR") }
    let queue = [1, 2]
    let orders = MonitorCommand("orders", "how many orders wait", isLooking: true) { _ in
      "\(queue.count) orders"
    }
    let machine = TimeMachine { Scheduler() }
    let monitor = try Monitor(
      machine,
      name: "billing",
      replaying: .never(because: "orders go to the bank"),
      commands: [orders]
    )
    #expect(machine.run(servicing: monitor) == .allFinished)
    #expect(monitor.socket == folder.path + "/coros/billing.sock")
    monitor.close()
  }
}
