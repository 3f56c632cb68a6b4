import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
package import CorosSession

/// A session: a machine, and the commands that a person or a script gives it.
///
/// A line goes through `execute`: it is parsed as a whole, its commands are looked up in the table
/// and run one after the other, and each reports by `report`, as text or as JSON. The shell knows no
/// terminal: what it needs of the world is in `ShellHost`.
package final class Shell {
  /// What can be typed.
  let commands: CommandTable
  /// The machine, its past, and what was recorded of it.
  package let session: Session
  /// Where results go, and how they look.
  var console: Console
  /// The world around the shell.
  let host: any ShellHost
  /// The files within a command's reach.
  let files: FileAccess
  /// Shows what happens on the machine.
  let monitor: TaskMonitor
  var variables = Variables()
  /// The lines that a person has typed, oldest first; kept by whoever reads them.
  package var history: [String] = []
  /// The `step` that a bare Return repeats.
  var lastStep: String?
  /// Set by `exit`: the session is to end with this status.
  package internal(set) var exitStatus: Int?
  /// The lints that say nothing.
  var silencedLints: Swift.Set<Lint> = []
  /// The quiz that is going on.
  var quiz = QuizState()
  /// The scripts being read, outermost first.
  var scripts: [String] = []
  /// How the stepper was left.
  var stepper = StepperHabits()

  init(
    commands: CommandTable,
    catalogue: Catalogue,
    settings: Settings,
    host: any ShellHost
  ) {
    self.commands = commands
    self.host = host
    console = Console(host: host, settings: settings)
    files = FileAccess(isDisabled: settings.isSandboxed) { host.isInterrupted }
    session = Session(catalogue: catalogue, start: settings.start) { host.isInterrupted }
    monitor = TaskMonitor()
    monitor.attach(to: self)
    session.poll = { [monitor, host] in
      monitor.flush()
      return host.isInterrupted
    }
    session.machineWasReplaced = { [monitor] in monitor.machineWasReplaced() }
  }

  /// How the session was asked to behave.
  package var settings: Settings { console.settings }

  var output: OutputBuffer {
    get { console.output }
    _modify { yield &console.output }
  }

  var allowance: OutputAllowance {
    get { console.allowance }
    _modify { yield &console.allowance }
  }

  /// How results are coloured.
  var style: Style { console.style }

  /// How text is to look.
  var look: Look { console.look }

  /// The programs that can be spawned.
  var catalogue: Catalogue { session.catalogue }

  /// The machine and its past; `reset` and `load` replace it.
  var machine: TimeMachine { session.machine }

  /// The scheduler as it stands; a journey replaces it.
  var scheduler: Scheduler { session.scheduler }

  /// Gives the arguments that are numbered from 1 after a dollar sign outside any script file.
  package func setArguments(_ arguments: [String]) {
    variables.arguments = arguments
  }

  /// What a bare Return does: the last `step` once more, if there was one.
  package func repeatLastStep() {
    if let lastStep { execute(lastStep) }
  }

  /// What does not agree in the machine's tables; empty unless the kernel is broken.
  package func brokenInvariants() -> [String] {
    scheduler.brokenInvariants()
  }

  // MARK: Reporting

  /// Prints a command's result, in the form that was asked for.
  func report(_ json: @autoclosure () -> JSON, text: () -> String) {
    monitor.flush()
    console.report(json(), text: text)
  }

  /// Sends on what is still held back.
  package func flush() {
    output.flush()
  }

  var isInterrupted: Bool { host.isInterrupted }
}
