import CorosHistory
import CorosInsight
package import CorosKernel
import CorosLanguage
package import CorosSession

/// The stepper without its terminal: it takes keys, moves the machine, and provides a state to draw.
///
/// Keys make the same requests of the session as commands do, and these go to the same journal.
///
/// Somebody at another terminal has a model of their own, beside the machine: see `GuestSteppers`.
package final class StepperModel: FullScreenProgram {
  package let shell: Shell
  var log = StepperLog()
  package private(set) var isFinished = false
  /// Who presses the keys.
  let seat: Seat
  var habits: StepperHabits {
    get { seat == .owner ? shell.stepper : ownHabits }
    set { if seat == .owner { shell.stepper = newValue } else { ownHabits = newValue } }
  }
  private var ownHabits = StepperHabits()
  /// Whether keys may move the machine, as whoever serves this model has said last.
  var mayChange: Bool
  /// Whether a command is running, so that nothing may be replayed.
  var isMidRun = false
  /// Which tick somebody looks at who only watches, and when they chose it; nil for the present.
  var lookedAt: (tick: Tick, from: Tick)?
  /// The machine and its branch of which that was drawn last.
  var drawnOf: (machine: ObjectIdentifier, branch: Int)?
  /// A line about who drives, for whoever serves this model.
  var wish: String?
  /// How the machine stood when the model saw it last.
  private var standing: MachineStanding
  /// The message about the last key.
  package var message: StyledLine?
  package var question: Question?
  var overlay: StepperState.Overlay?
  package private(set) var run: Run? { didSet { tellRun() } }
  private var pacer = TickPacer()
  /// Whether it runs, and waits for something to come from outside.
  private var isWaiting = false
  var list: TaskList?
  /// How many lines the events and the output are scrolled back.
  var linesBack = 0
  var lastSearch = ""
  /// What is on the screen.
  package var view: StepperView?

  /// Where those sit who press the keys.
  package enum Seat: Equatable {
    /// At the terminal of the machine itself.
    case owner
    /// At another terminal, which may show these characters or not.
    case guest(isUnicode: Bool)
  }

  /// A question that must be answered before the stepper acts.
  package enum Question: Equatable {
    case kill(TaskID)
    case goto(String)
    /// A command to run, and a text to look for.
    case command(String)
    case search(String)
  }

  /// A run without further keys.
  package enum Run: Equatable {
    /// At the chosen speed, until the user stops it.
    case free
    /// At full speed, to the next step of a task.
    case toStep(of: TaskID)
  }

  /// Opens a stepper, until `close`; that of the owner takes over the machine of the shell.
  ///
  /// - Parameters:
  ///   - shell: The shell.
  ///   - seat: Who presses the keys.
  ///   - isMidRun: Whether a command is running; then the events begin with the present.
  package init(_ shell: Shell, for seat: Seat = .owner, isMidRun: Bool = false) {
    self.shell = shell
    self.seat = seat
    self.isMidRun = isMidRun
    mayChange = seat == .owner
    standing = MachineStanding(shell.session)
    if seat == .owner {
      shell.flush()
      shell.monitor.isMuted = true
      shell.isLiveHeld = true
    }
    if !isMidRun { replayLog() }
    shell.session.add(log)
  }

  /// Returns the machine to the shell.
  package func close() {
    shell.session.remove(log)
    run = nil
    guard seat == .owner else { return }
    shell.monitor.isMuted = false
    shell.isLiveHeld = false
    shell.session.live.wake()
  }

  /// Takes in what others have done to the machine since the last time.
  ///
  /// The log hears of everything but journeys, and of another machine only from now on.
  func catchUp() {
    let now = MachineStanding(shell.session)
    // Nothing is as it was where a command is at work.
    if isMidRun { list = nil }
    guard now != standing, !isMidRun else { return }
    let hasTravelled = (now.machine, now.journeys) != (standing.machine, standing.journeys)
    list = nil
    standing = now
    if hasTravelled { replayLog() }
  }

  /// The current tasks, listed once for each change of the machine.
  package var tasks: TaskList {
    if let list { return list }
    let choice = shell.scheduler.nextChoice
    let new = shell.foreseen { TaskList(shell, choice, withEnded: habits.showsEnded) }
    list = new
    return new
  }

  /// The task that keys apply to: the selected task, or else the next to run.
  var target: TaskID? { selected ?? tasks.next }

  /// The selected task, while it is in the list.
  var selected: TaskID? {
    habits.selected.flatMap { task in
      if habits.showsEnded { return tasks.index(of: task).map { _ in task } }
      return TaskWords.isAlive(shell.scheduler.info(task)) ? task : nil
    }
  }

  func machineHasChanged() {
    list = nil
    linesBack = 0
    standing = MachineStanding(shell.session)
  }

  func stopRunning() { run = nil }

  func finish() { isFinished = true }

  /// Saves what the keys did, as for typed commands.
  private func keepJournal() {
    // Who only looks has done nothing.
    guard mayChange else { return }
    if let news = shell.session.keepJournal() { say(news, .bad) }
  }

  // MARK: Keys

  package func press(_ key: ScreenKey) {
    defer { keepJournal() }
    message = nil
    catchUp()
    guard takesWheel(for: key) else { return }
    if let question { return answer(question, key) }
    if overlay != nil, read(key) { return }
    switch key {
    case .character(" "), .character("s"), .right: step()
    case .character("b"), .left: back()
    case .character("r"), .enter: toggleRun()
    case .character("+"), .character("="): changeSpeed(by: 1)
    case .character("-"), .character("_"): changeSpeed(by: -1)
    case .up: select(-1)
    case .down: select(1)
    case .pageUp: select(-10)
    case .pageDown: select(10)
    case .home: select(-Int.max)
    case .end: select(Int.max)
    case .escape: habits.selected = nil
    case .character("p"): withTarget(pick)
    case .character("k"): withTarget(askToKill)
    case .character("w"): withTarget(explain)
    case .character("f"): follow()
    case .character("B"): withTarget(toggleBreakpoint)
    case .character("n"): withTarget(runToStep)
    case .character("N"): withTarget(goToLastStep)
    case .character("g"): ask(.goto(""))
    case .character(":"): ask(.command(""))
    case .character("/"): ask(.search(""))
    case .character("e"):
      habits.showsEnded.toggle()
      list = nil
      say(habits.showsEnded ? "those that have ended, too" : "those that are alive", .faint)
    case .character("["): scrollBack(5)
    case .character("]"): scrollBack(-5)
    case .character("z"): zoom(2)
    case .character("Z"): zoom(nil)
    case .character("<"):
      travel { machine throws(Divergence) in try machine.go(to: 0, unless: isInterrupted) }
    case .character(">"):
      travel { machine throws(Divergence) in
        try machine.go(to: machine.lastMoment, unless: isInterrupted)
      }
    case .character("?"), .character("h"): overlay = StepperHelp.page(isUnicode: isUnicode)
    case .character("q"): isFinished = true
    case .interrupt: if run == nil { isFinished = true } else { run = nil }
    case .character(let character): say("no key: '\(character)'; ? lists the keys", .faint)
    case .click(let row, let column): select(row: row, column: column)
    case .wheel(let lines, let column): roll(lines, column: column)
    case .backspace: break
    }
  }

  /// Whether a key is for the page on display, which any other key closes.
  func isForPage(_ key: ScreenKey) -> Bool {
    switch key {
    case .up, .down, .pageUp, .pageDown, .wheel, .click, .escape, .interrupt: true
    case .character(let character): "/q?".contains(character)
    default: false
    }
  }

  /// Whether the key applied to the page on display.
  private func read(_ key: ScreenKey) -> Bool {
    switch key {
    case .up: scroll(-1)
    case .down: scroll(1)
    case .pageUp: scroll(-10)
    case .pageDown: scroll(10)
    case .wheel(let lines, _): scroll(lines)
    case .character("/"): ask(.search(""))
    case .escape, .interrupt, .character("q"), .character("?"): overlay = nil
    case .click(let row, let column): select(row: row, column: column)
    default:
      overlay = nil
      return false
    }
    return true
  }

  private func scroll(_ lines: Int) {
    let line = overlay?.scroll ?? 0
    overlay?.scroll = max(0, line + lines)
  }

  /// Shows older events and output, or newer ones again.
  func scrollBack(_ lines: Int) {
    linesBack = min(max(0, linesBack + lines), StepperLog.mostLinesBack)
    if linesBack > 0 { say("\(linesBack) lines back; ] shows what is newer", .faint) }
  }

  /// Gives a column of the time so many times more ticks; nil for one tick again.
  private func zoom(_ factor: Int?) {
    habits.ticksPerColumn = factor.map { min(habits.ticksPerColumn * $0, 1_024) } ?? 1
    say("\(counted(habits.ticksPerColumn, "tick")) a column", .faint)
  }

  package func say(_ text: String, _ role: Style.Role = .plain) {
    message = StyledLine(text, role)
  }

  package func tell(_ text: String) -> Bool {
    say(text, .waiting)
    return true
  }

  package var isUnicode: Bool {
    if case .guest(let isUnicode) = seat { isUnicode } else { shell.settings.isUnicode }
  }

  func withTarget(_ work: (TaskID) -> Void) {
    if let target { work(target) } else { say("select a task first", .faint) }
  }

  // MARK: Moving

  private func step() {
    run = nil
    move()
  }

  /// Makes one step; false if no task could run.
  @discardableResult
  package func move() -> Bool {
    let result = shell.machine.step()
    machineHasChanged()
    // This also applies if only the clock has moved.
    if let stop = shell.machine.stop {
      stand(at: stop)
      return false
    }
    if let violation = shell.session.violation {
      run = nil
      say("\(violation); ← shows how it came to that", .bad)
      return false
    }
    guard case .stalled(let outcome) = result else {
      if isWaiting { message = nil }
      isWaiting = false
      return true
    }
    if case .waiting = outcome {
      isWaiting = run != nil
      let way = isWaiting ? "" : "Enter waits for it"
      say(OutcomeWords.sentence(outcome, shell.scheduler, waitsOnBy: way), .waiting)
      return false
    }
    run = nil
    if case .deadlock(let deadlock) = outcome {
      let failure = CommandFailure(deadlock, shell.session.suspicions(behind: deadlock))
      show("Deadlock", failure.message.lines + ["hint: " + failure.hint])
    } else {
      say(OutcomeWords.sentence(outcome, shell.scheduler), .waiting)
    }
    return false
  }

  private func back() {
    guard shell.machine.moment > 0 else {
      run = nil
      return say("this is the beginning", .faint)
    }
    travel { machine throws(Divergence) in try machine.back(unless: isInterrupted) }
  }

  /// Fills the log with the events of the moves so far; where the past cannot come back, with none.
  func replayLog() {
    do throws(Divergence) {
      try log.replay(shell.machine)
    } catch {
      if shell.machine.replayRefusal == nil { say(error.description, .bad) }
    }
  }

  /// Whether the user has pressed Ctrl-C while a key was being processed.
  package var isInterrupted: () -> Bool { shell.session.isInterrupted }

  private func toggleRun() {
    run = run == nil ? .free : nil
    pacer.restart()
  }

  private func changeSpeed(by places: Int) {
    habits.speed = habits.speed.changed(by: places)
    tellRun()
    pacer.restart()
    say("speed: \(habits.speed.words)")
  }

  package func continueAfterStop() { pacer.restart() }

  private func runToStep(_ task: TaskID) {
    run = .toStep(of: task)
    say("until the next step of task \(task)", .faint)
  }

  package func runSlice(nanoseconds: UInt64) -> LiveNext {
    guard let run else { return .never }
    defer { keepJournal() }
    // The time in which nobody asked for ticks is not made up for.
    if shell.stepperRun?.isAbandoned(at: nanoseconds) == true { pacer.restart() }
    tellRun(at: nanoseconds)
    catchUp()
    if let driver = whoElseDrives {
      stopRunning()
      say("\(driver) drives now", .waiting)
      return .never
    }
    var ticks = TickPacer.largestSlice
    if case .free = run, case .ticksPerSecond(let rate) = habits.speed {
      ticks = pacer.takeDue(rate: rate, at: nanoseconds)
    }
    for _ in 0..<ticks {
      guard move() else { return isWaiting && self.run != nil ? .after(milliseconds: 50) : .never }
      if case .toStep(let task) = run {
        if shell.scheduler.lastDispatched == task {
          self.run = nil
          message = nil
          return .never
        }
        if !TaskWords.isAlive(shell.scheduler.info(task)) {
          self.run = nil
          say("task \(task) has ended", .faint)
          return .never
        }
      }
    }
    guard case .free = run, case .ticksPerSecond(let rate) = habits.speed else {
      return .after(milliseconds: 0)
    }
    return .after(milliseconds: TickPacer.millisecondsToNext(rate: rate))
  }
}
