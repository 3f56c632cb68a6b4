import CorosCommands
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosServer
import CorosShell

/// An app's machine as those see it who are attached.
///
/// The shell is made when the first line comes, and goes when nobody is attached any more: until then the app's steps
/// cost what they cost without a monitor.
final class ServedApp: ServedMachine {
  let machine: TimeMachine
  let name: String
  private let catalogue: Catalogue
  private let commands: [AppCommand]
  /// Where those are who are attached; it owns this value.
  weak var server: AttachServer?
  /// Ends the service: `attach off`.
  var close: () -> Void = {}
  private(set) var shell: Shell?
  private let host = SilentHost()
  private var reporter: GuestReporter?
  private let steppers = GuestSteppers()
  /// The breakpoints that the app itself had.
  private var ownBreakpoints = Breakpoints()
  /// Whether a line waits until the app's run is interrupted.
  private(set) var hasPutOff = false
  /// The process that makes the app stand still; nil for none.
  private(set) var holder: Int?
  /// The process whose line is being answered.
  private var asker = 0

  /// Commands that replace the machine, or make another one like it from its beginning.
  private static let replacing = [
    "reset", "load", "replay", "save", "compare", "explore", "lesson", "check", "diff", "live",
  ]

  init(_ machine: TimeMachine, name: String, catalogue: Catalogue, commands: [AppCommand]) {
    self.machine = machine
    self.name = name
    self.catalogue = catalogue
    self.commands = commands
  }

  // MARK: The shell

  private func openShell() -> Shell {
    if let shell { return shell }
    var settings = Settings()
    settings.isUnicode = true
    let shell = Shell(of: machine, catalogue: catalogue, settings: settings, host: host)
    let own = commands + [holding, releasing]
    shell.appCommands = Dictionary(uniqueKeysWithValues: own.map { ($0.name, $0) })
    shell.refusals = Dictionary(
      uniqueKeysWithValues: Self.replacing.map {
        ($0, "`\($0)` would need a machine of its own, and this one belongs to an app")
      }
    )
    shell.visitors = self
    ownBreakpoints = machine.breakpoints
    self.shell = shell
    return shell
  }

  /// Forgets the shell once nobody is attached, and lets the app go on.
  func closeShellIfAlone() {
    guard server?.isAttended != true else { return }
    holder = nil
    guard let shell else { return }
    steppers.closeAll()
    if let reporter { machine.remove(reporter) }
    reporter = nil
    shell.leaveMachine()
    machine.breakpoints = ownBreakpoints
    self.shell = nil
  }

  private var holding: AppCommand {
    AppCommand(
      name: "hold",
      usage: "hold",
      summary: "have the app make no steps of its own until `release`, or until you leave",
      isLooking: false
    ) { [unowned self] _ in
      hold(for: asker)
      return "the app stands still at tick \(machine.scheduler.now); "
        + "`step` and `run` move it, `release` lets it go on"
    }
  }

  private var releasing: AppCommand {
    AppCommand(
      name: "release",
      usage: "release",
      summary: "let the app go on",
      isLooking: false
    ) { [unowned self] _ in
      let wasHeld = holder != nil
      holder = nil
      return wasHeld ? "the app goes on" : "the app was not held"
    }
  }

  /// Whether the app itself has made a breakpoint, and not somebody who is attached.
  func isOwnBreakpoint(_ number: Int) -> Bool {
    ownBreakpoints.all.contains { $0.number == number }
  }

  /// Makes the app stand still for a process.
  func hold(for process: Int) { holder = process }

  /// Lets the app go on when whoever has made it stand still has left.
  func releaseIfLeft() {
    if let holder, server?.attached.contains(where: { $0.pid == holder }) != true {
      self.holder = nil
    }
  }

  // MARK: What is served

  var place: (tick: Int, moment: Int) { (machine.scheduler.now, machine.moment) }
  var standing: Int { shell?.standing ?? 0 }
  var isRunningByItself: Bool { shell?.pace != nil }
  var hasOwner: Bool { false }

  func offer(to line: String, cursor: Int) -> JSON { openShell().offer(to: line, cursor: cursor) }

  func answer(_ request: AttachRequest) -> AttachAnswer {
    asker = request.pid
    if let stepper = request.stepper {
      let answer = steppers.answer(
        stepper,
        from: request.client,
        mayChange: request.mayChange,
        isRunning: request.isRunning,
        in: openShell()
      )
      guard let answer else {
        hasPutOff = true
        return .later
      }
      return .done(answer.frames, status: answer.status, wish: answer.wish)
    }
    let line = GuestLine(
      request.line,
      look: request.text,
      mayChange: request.mayChange,
      isRunning: request.isRunning,
      hasScreen: request.hasScreen
    )
    guard let answer = openShell().answer(line) else {
      hasPutOff = true
      return .later
    }
    return .done(answer.frames, status: answer.status)
  }

  func forget(client: Int) { steppers.close(for: client) }

  /// Nobody sits there.
  func tellOwner(_ text: String) {}

  func report(output: Bool, events: Bool) {
    guard output || events || reporter != nil else { return }
    if reporter == nil {
      reporter = GuestReporter(
        onOutput: { [weak self] task, text in self?.server?.tell(output: text, by: task) },
        onEvent: { [weak self] event in self?.server?.tell(event: event) }
      )
    }
    reporter?.report(output: output, events: events, from: openShell())
  }

  /// Serves; nothing is put off afterwards unless the app's run is in the way.
  func serve(_ isRunning: Bool) -> Bool {
    hasPutOff = false
    return server?.serve(isRunning: isRunning) ?? false
  }
}

extension ServedApp: AttachDesk {
  var socket: String? { server?.path }
  var refusal: String? { nil }
  var driver: Int? { server?.driverPID }
  var attached: [(pid: Int, role: String)] { server?.attached ?? [] }
  func decide(allows: Bool) -> Int? { server?.decide(allows: allows) }
  func takeBack() { server?.takeBack() }
  func turnOff() { close() }

  /// Serves those attached while a line of the driver runs the machine; it ends when the driver leaves.
  func serve(isRunning: Bool) -> Bool {
    let before = server?.driverPID
    let isInterrupted = server?.serve(isRunning: isRunning) ?? false
    return isInterrupted || before != server?.driverPID
  }
}
