import CorosCommands
public import CorosHistory
public import CorosKernel
import CorosServer
import CorosShell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lets other terminals of the same user look into an app's machine, and one of them drive it: `coros attach NAME`.
///
/// ```swift
/// let machine = TimeMachine { Scheduler() }
/// let monitor = try Monitor(machine, name: "billing", replaying: .never(because: "orders go to the bank"))
/// machine.run(servicing: monitor)
/// ```
///
/// A monitor listens at a socket that its user alone can open, and does nothing else until somebody attaches; then
/// it makes a shell for the machine, and drops it when the last one leaves. It answers where the app lets it, in
/// `service()`, on the app's own thread. The environment variable `COROS_MONITOR=off` turns all monitors off: then
/// ``socket`` is nil, and nothing listens.
///
/// The app goes on stepping the machine. Whoever drives may `hold` it, `step` it, set breakpoints, stop and kill
/// tasks, and give the app's own commands.
public final class Monitor {
  /// Whether those attached may go back in time.
  public enum Replaying: Hashable, Sendable {
    /// The app's acts and its tasks touch nothing outside the machine: they may run again.
    case allowed
    /// They must not run again, for this reason: a part of a sentence.
    case never(because: String)
  }

  private let app: ServedApp
  private var server: AttachServer?
  private let watchdog: Watchdog?

  /// Begins to listen.
  ///
  /// - Parameters:
  ///   - machine: The machine. Going back in time replaces its scheduler: the app has to ask it for
  ///     `machine.scheduler` each time.
  ///   - name: The name by which `coros attach` finds it.
  ///   - replaying: Whether those attached may go back in time.
  ///   - commands: The app's own commands.
  ///   - programs: What those who drive may `spawn`. Default: nothing.
  ///   - patience: How long a step may take before `report` is told. Nil, the default, for any time, which also
  ///     saves what watching costs: two events a step.
  ///   - report: Told, on another thread, of a task that has not come back. Default: writes to standard error.
  /// - Throws: `MonitorError` when nothing can listen, or the name of a command is taken.
  public convenience init(
    _ machine: TimeMachine,
    name: String,
    replaying: Replaying,
    commands: [MonitorCommand] = [],
    programs: [Program] = [],
    patience: Duration? = nil,
    report: @escaping @Sendable (_ task: Int, _ time: Duration) -> Void = Monitor.complain
  ) throws(MonitorError) {
    try self.init(machine, name, replaying, commands, programs, patience, report) { name in
      getenv(name).map { String(cString: $0) }
    }
  }

  /// Begins to listen, with an environment of one's own.
  init(
    _ machine: TimeMachine,
    _ name: String,
    _ replaying: Replaying,
    _ commands: [MonitorCommand] = [],
    _ programs: [Program] = [],
    _ patience: Duration? = nil,
    _ report: @escaping @Sendable (_ task: Int, _ time: Duration) -> Void = Monitor.complain,
    environment variable: (String) -> String?
  ) throws(MonitorError) {
    try Self.check(commands)
    if case .never(let reason) = replaying {
      machine.replayRefusal = "this machine cannot go back: \(reason)"
    }
    app = ServedApp(
      machine,
      name: name,
      catalogue: Catalogue(programs),
      commands: commands.map {
        AppCommand(
          name: $0.name,
          usage: $0.usage,
          summary: $0.summary,
          isLooking: $0.isLooking,
          run: $0.run
        )
      }
    )
    guard variable("COROS_MONITOR") != "off" else {
      watchdog = nil
      return
    }
    watchdog = patience.map { patience in
      let limit = Int(max(1, patience / .milliseconds(1)))
      return Watchdog(limit: limit, clock: AttachServer.milliseconds) {
        report($0, .milliseconds($1))
      }
    }
    if let watchdog { machine.add(watchdog.heartbeat) }
    do throws(AttachError) {
      let folder = SocketFolder(environment: variable)
      server = try AttachServer(name: name, in: folder, serving: app)
    } catch {
      throw MonitorError(message: error.message, hint: error.hint)
    }
    app.server = server
    app.close = { [weak self] in self?.close() }
  }

  deinit { close() }

  private static func check(_ commands: [MonitorCommand]) throws(MonitorError) {
    var names: Set<String> = ["hold", "release"]
    for command in commands {
      let isWord =
        !command.name.isEmpty
        && command.name.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "-") }
      guard isWord, !Shell.isTaken(command.name), names.insert(command.name).inserted else {
        throw MonitorError(
          message: "a command of the app cannot have the name '\(command.name)'",
          hint: isWord ? "that is a command already" : "use small letters, and dashes between words"
        )
      }
    }
  }

  /// Writes to standard error which task has not come back.
  public static func complain(_ task: Int, _ time: Duration) {
    let tenths = Int(time / .milliseconds(100))
    let line = "coros: task \(task) has not come back for \(tenths / 10).\(tenths % 10) s\n"
    _ = line.withCString { write(2, $0, strlen($0)) }
  }

  // MARK: Where it listens

  /// The path of the socket; nil when the monitor is off, or closed.
  public var socket: String? { server?.path }

  /// Whether somebody is attached.
  public var isAttended: Bool { server?.isAttended ?? false }

  /// The descriptors for which an app with a poll loop of its own waits.
  ///
  /// When one can be read it calls `service()`. They change whenever somebody comes or leaves.
  public var descriptors: [Int32] { server?.descriptors.map(\.descriptor) ?? [] }

  /// Lets everybody go, and removes the socket.
  ///
  /// The machine is then as it would be without a monitor.
  public func close() {
    server?.close()
    server = nil
    app.closeShellIfAlone()
    if let watchdog { app.machine.remove(watchdog.heartbeat) }
  }

  // MARK: Serving

  /// Whether whoever drives wants the app to make no steps: an app that calls `step()` itself has to obey.
  public var isHeld: Bool { app.holder != nil }

  /// Answers those attached, without waiting; to be called between two steps of the machine, never within one.
  ///
  /// With nobody attached it costs a system call, so an app with short steps calls it every thousand or so.
  /// A line of the driver that moves the machine, such as `run`, is run to its end here.
  public func service() {
    guard server != nil else { return }
    if let task = watchdog?.heartbeat.takeReturned() {
      server?.tell(note: "task \(task) has come back; meanwhile nobody was answered")
    }
    _ = app.serve(false)
    app.releaseIfLeft()
    app.closeShellIfAlone()
  }

  /// Answers those attached, waiting for them if there is nothing to do.
  ///
  /// - Parameter milliseconds: How long to wait at most.
  public func service(waiting milliseconds: Int) {
    guard let server else { return }
    var waiting = server.descriptors.map { entry in
      pollfd(
        fd: entry.descriptor,
        events: (entry.isReceiving ? Int16(POLLIN) : 0) | (entry.isSending ? Int16(POLLOUT) : 0),
        revents: 0
      )
    }
    _ = poll(&waiting, nfds_t(waiting.count), Int32(clamping: milliseconds))
    service()
  }

  /// Looks whether somebody wants something while the machine runs.
  ///
  /// - Returns: Whether the run has to make way for a line that does not only look at the present.
  func look() -> Bool {
    guard server != nil else { return false }
    _ = app.serve(true)
    return app.hasPutOff
  }

  /// Says what comes of a breakpoint: at one of the driver's the machine stands still, if the driver is there to see it.
  ///
  /// - Returns: Whether the run goes on, now or later; at a breakpoint of the app's own it ends, as without a monitor.
  func passBreakpoint() -> Bool {
    let hits = app.machine.stop?.hits.map(\.breakpoint) ?? []
    guard let server, app.shell != nil, !hits.contains(where: app.isOwnBreakpoint) else {
      return false
    }
    if let driver = server.driverPID {
      app.hold(for: driver)
      let numbers = hits.map { "\($0)" }.joined(separator: ", ")
      let place = "\(numbers), tick \(app.machine.scheduler.now)"
      server.tell(note: "held at breakpoint \(place); `release` goes on")
    }
    return true
  }
}

extension TimeMachine {
  /// Runs until a number of ticks has passed, nothing can run, or a breakpoint is hit that is nobody's who is
  /// attached, and answers those attached meanwhile.
  ///
  /// While whoever drives holds the machine, it waits.
  ///
  /// - Parameters:
  ///   - ticks: The most ticks of virtual time to run, those included that the driver runs.
  ///   - monitor: The monitor of this machine; asked every 1,024 steps, and more often while somebody is attached.
  /// - Returns: Why it stopped.
  @discardableResult
  public func run(ticks: Tick = .max, servicing monitor: Monitor) -> RunOutcome {
    let (end, isTooFar) = scheduler.now.addingReportingOverflow(max(0, ticks))
    let limit = isTooFar ? Tick.max : end
    while true {
      monitor.service()
      if monitor.isHeld {
        monitor.service(waiting: 100)
        continue
      }
      let isAttended = monitor.isAttended
      let polling = Polling.every(isAttended ? 64 : 1_024)
      let left = limit == .max ? Tick.max : max(0, limit - scheduler.now)
      let outcome = run(ticks: left, polling: polling) { _ in
        // Whoever comes first or leaves last changes what a step costs.
        monitor.look() || monitor.isAttended != isAttended
      }
      switch outcome {
      case .conditionMet: continue
      case .breakpoint where monitor.passBreakpoint(): continue
      default: return outcome
      }
    }
  }
}
