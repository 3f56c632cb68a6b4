package import CorosFiles
package import CorosHistory
package import CorosInsight
package import CorosKernel
package import CorosLanguage
package import CorosSession

/// A shell: a session, and the commands that a person or a script gives it.
///
/// A line goes through `execute`: the shell parses it as a whole, looks up its commands in the table, and
/// runs one after the other; `report` prints the result of each as text or as JSON. The shell knows no
/// terminal: `ShellHost` provides what it needs from the world.
package final class Shell {
  // Some properties are not exclusivity-checked: each command touches them, on one thread, and nothing that runs
  // while one of them is read or changed touches it.

  /// All commands.
  package let commands: CommandTable
  /// The machine, its past, and the recordings of it.
  package let session: Session
  /// Where results go, and how they look.
  @exclusivity(unchecked) package var console: Console
  /// The world around the shell.
  package let host: any ShellHost
  /// The access of commands to files.
  package var files: FileAccess
  /// Shows what happens on the machine.
  package let monitor: TaskMonitor
  /// What a person sees who waits for an answer.
  package let waiting: Waiting
  @exclusivity(unchecked) package var variables = Variables()
  /// The functions and aliases.
  @exclusivity(unchecked) package var routines = Routines()
  /// Where the command that runs comes from.
  @exclusivity(unchecked) package var place = LinePlace.prompt
  /// The lines that a person has typed, oldest first; maintained by the reader of the lines.
  package var history: [String] = []
  /// The command that a bare Return repeats: the last one that moves in time.
  package var lastMove: String?
  /// The command that was given last, and its name: scripts give the same one many times.
  @exclusivity(unchecked) var lastCommand: (name: String, command: any ShellCommand.Type)?
  /// Set by `exit`: the status with which the session ends.
  @exclusivity(unchecked) package var exitStatus: Int?
  /// The lints whose notes are off.
  package var silencedLints: Swift.Set<Lint> = []
  /// The quiz in progress.
  package var quiz = QuizState()
  /// The open lesson, and how far the learner has come.
  @exclusivity(unchecked) package var desk = LessonDesk()
  /// The scripts being read, outermost first.
  package var scripts: [String] = []
  /// Whether scripts are only checked: their definitions count, and no other command runs.
  @exclusivity(unchecked) package var isChecking = false
  /// The points that `score` has given, and could have given.
  package var points = (reached: 0, possible: 0)
  /// The steps after which a script is interrupted; nil for no limit.
  @exclusivity(unchecked) package var stepLimit: Int?
  /// Whether a grader runs.
  var isGrading = false
  /// The texts of definitions that were edited, and were wrong, by name.
  package var drafts: [String: String] = [:]
  /// Those at other terminals who are attached to this machine; nil if nobody can be.
  package weak var visitors: (any AttachDesk)?
  /// Where preferences stay; nil where they hold for this session only.
  var preferenceFile: PreferenceFile?
  /// The settings of the stepper when it was last left.
  package var stepper = StepperHabits()
  /// The stepper that makes the machine run by itself; nil while none does.
  var stepperRun: StepperRun?
  /// Whether live mode waits, because a stepper has the screen of the machine itself.
  var isLiveHeld = false
  /// When the journal was last written while a command ran, by the clock of the host.
  var journalKeptAt: UInt64 = 0
  /// The commands of the app that serves this shell, by name.
  @exclusivity(unchecked) package var appCommands: [String: AppCommand] = [:]
  /// Why some commands cannot be given here, by name.
  @exclusivity(unchecked) package var refusals: [String: String] = [:]

  /// Makes a shell that knows some commands.
  package convenience init(
    commands: CommandTable,
    catalogue: Catalogue,
    settings: Settings,
    host: any ShellHost
  ) {
    self.init(commands: commands, settings: settings, host: host) {
      Session(catalogue: catalogue, start: settings.start, isInterrupted: $0)
    }
  }

  /// Makes a shell for a machine that somebody else has made, and goes on using.
  package convenience init(
    of machine: TimeMachine,
    commands: CommandTable,
    catalogue: Catalogue,
    settings: Settings,
    host: any ShellHost
  ) {
    self.init(commands: commands, settings: settings, host: host) {
      Session(of: machine, catalogue: catalogue, isInterrupted: $0)
    }
  }

  private init(
    commands: CommandTable,
    settings: Settings,
    host: any ShellHost,
    session makeSession: (@escaping () -> Bool) -> Session
  ) {
    self.commands = commands
    self.host = host
    console = Console(host: host, settings: settings)
    files = FileAccess(isDisabled: settings.isSandboxed) { host.isInterrupted }
    let waiting = Waiting()
    self.waiting = waiting
    session = makeSession {
      waiting.beat()
      return host.isInterrupted
    }
    monitor = TaskMonitor()
    monitor.attach(to: self)
    // Not weak: a weak reference makes each use of the shell dearer.
    session.poll = { [unowned self] in
      monitor.flush()
      keepJournalOfWorld()
      return host.isInterrupted || hasReachedStepLimit || visitors?.serve(isRunning: true) == true
    }
    session.machineWasReplaced = { [monitor] in monitor.machineWasReplaced() }
  }

  deinit {
    monitor.detach()
    session.poll = { [host] in host.isInterrupted }
  }

  /// The settings of the session.
  package var settings: Settings { console.settings }

  package var output: OutputBuffer {
    get { console.output }
    _modify { yield &console.output }
  }

  var allowance: OutputAllowance {
    get { console.allowance }
    _modify { yield &console.allowance }
  }

  /// The colours of results.
  package var style: Style { console.style }

  /// The appearance of text.
  package var look: Look { console.look }

  /// The programs that can be spawned.
  package var catalogue: Catalogue { session.catalogue }

  /// The machine and its past; `reset` and `load` replace it.
  package var machine: TimeMachine { session.machine }

  /// The machine as expressions see it.
  package var view: MachineView { MachineView(scheduler: scheduler, past: session) }

  /// The present scheduler; a journey replaces it.
  package var scheduler: Scheduler { session.scheduler }

  /// Sets the numbered arguments, such as `$1`, outside any script file.
  package func setArguments(_ arguments: [String]) {
    variables.arguments = arguments
  }

  /// Ends a shell whose machine somebody else goes on using: nothing of it listens to the machine any more.
  package func leaveMachine() { session.leaveMachine() }

  /// Handles a bare Return: repeats the last `step`, `continue`, `rcontinue`, `back` or `forward`, if there was
  /// one.
  package func repeatLastMove() {
    if let lastMove { execute(lastMove) }
  }

  /// Inconsistencies in the machine's tables; empty unless the kernel is broken.
  package func brokenInvariants() -> [String] {
    scheduler.brokenInvariants()
  }

  // MARK: Reporting

  /// Prints a command's result, as text or as JSON.
  package func report(_ json: @autoclosure () -> JSON, text: () -> String) {
    monitor.flush()
    console.report(json(), text: text)
  }

  /// Writes buffered output.
  package func flush() {
    output.flush()
  }

  /// Whether the machine has made as many steps as a script may.
  package var hasReachedStepLimit: Bool { stepLimit.map { machine.moment >= $0 } ?? false }

  package var isInterrupted: Bool { host.isInterrupted || hasReachedStepLimit }
}
