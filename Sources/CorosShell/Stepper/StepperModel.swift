import CorosHistory
import CorosInsight
package import CorosKernel
import CorosLanguage
package import CorosSession

/// The stepper without its terminal: it takes keys, moves the machine, and provides a state to draw.
///
/// Keys make the same requests of the session as commands do, and these go to the same journal.
package final class StepperModel: FullScreenProgram {
  package let shell: Shell
  let log = StepperLog()
  package private(set) var isFinished = false
  var habits: StepperHabits {
    get { shell.stepper }
    set { shell.stepper = newValue }
  }
  /// The message about the last key.
  package var message: StyledLine?
  package var question: Question?
  var overlay: StepperState.Overlay?
  package private(set) var run: Run?
  private var pacer = TickPacer()
  private var list: TaskList?
  /// How many lines the events and the output are scrolled back.
  var linesBack = 0
  private var lastSearch = ""
  /// What is on the screen.
  package var view: StepperView?

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

  /// Takes over the machine of a shell, until `close`.
  package init(_ shell: Shell) {
    self.shell = shell
    shell.flush()
    shell.monitor.isMuted = true
    replayLog()
    shell.session.add(log)
  }

  /// Returns the machine to the shell.
  package func close() {
    shell.session.remove(log)
    shell.monitor.isMuted = false
    shell.session.live.wake()
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
  }

  func stopRunning() { run = nil }

  func finish() { isFinished = true }

  /// Saves what the keys did, as for typed commands.
  private func keepJournal() {
    if let news = shell.session.keepJournal() { say(news, .bad) }
  }

  // MARK: Keys

  package func press(_ key: ScreenKey) {
    defer { keepJournal() }
    message = nil
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
  private func scrollBack(_ lines: Int) {
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

  package var isUnicode: Bool { shell.settings.isUnicode }

  private func withTarget(_ work: (TaskID) -> Void) {
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
    guard case .stalled(let outcome) = result else { return true }
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

  /// Fills the log with the events of the moves so far.
  func replayLog() {
    do throws(Divergence) {
      try log.replay(shell.machine)
    } catch {
      say(error.description, .bad)
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
    var ticks = TickPacer.largestSlice
    if case .free = run, case .ticksPerSecond(let rate) = habits.speed {
      ticks = pacer.takeDue(rate: rate, at: nanoseconds)
    }
    for _ in 0..<ticks {
      guard move() else { return .never }
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

  // MARK: Tasks

  private func select(_ places: Int) {
    habits.selected = tasks.task(places, from: target)
  }

  /// Selects the task that is shown in a cell.
  private func select(row: Int, column: Int) {
    guard let task = view?.task(atRow: row, column: column) else { return }
    habits.selected = task
  }

  /// Goes through the tasks where the wheel is over their list, and else back in what has happened.
  private func roll(_ lines: Int, column: Int) {
    if view?.isList(column: column) == true {
      select(lines.signum())
    } else {
      scrollBack(-lines)
    }
  }

  private func follow() {
    if habits.followed != nil {
      habits.followed = nil
    } else {
      withTarget { habits.followed = $0 }
    }
  }

  // MARK: Questions

  private func ask(_ question: Question) {
    run = nil
    self.question = question
  }

  private func askToKill(_ task: TaskID) { ask(.kill(task)) }

  private func answer(_ question: Question, _ key: ScreenKey) {
    self.question = nil
    switch (question, key) {
    case (.kill(let task), .character("y")), (.kill(let task), .character("Y")):
      kill(task)
    case (.kill, _):
      say("no task was killed", .faint)
    case (.command(let text), .character(let character)):
      self.question = .command(text.count < 1_000 ? text + String(character) : text)
    case (.search(let text), .character(let character)):
      self.question = .search(text.count < 100 ? text + String(character) : text)
    case (.command(let text), .backspace) where !text.isEmpty:
      self.question = .command(String(text.dropLast()))
    case (.search(let text), .backspace) where !text.isEmpty:
      self.question = .search(String(text.dropLast()))
    case (.command(let text), .enter): if !text.isEmpty { perform(text) }
    case (.search(let text), .enter): search(text.isEmpty ? lastSearch : text)
    case (.command, _), (.search, _): break
    case (.goto(let text), .character(let character)) where Self.isDigit(character):
      // Beyond that no tick has a number.
      self.question = .goto(text.count < 18 ? text + String(character) : text)
    case (.goto(let text), .backspace) where !text.isEmpty:
      self.question = .goto(String(text.dropLast()))
    case (.goto(let text), .enter) where !text.isEmpty:
      go(toTick: text)
    case (.goto(let text), .character):
      self.question = .goto(text)
      say("a tick is a number", .faint)
    case (.goto, _):
      break
    }
  }

  /// Goes to the next line of the page that contains a text, or selects the next task that does.
  private func search(_ text: String) {
    guard !text.isEmpty else { return }
    lastSearch = text
    let wanted = text.lowercased()
    if let page = overlay {
      let order = Array(page.lines.indices.dropFirst(page.scroll + 1)) + Array(page.lines.indices)
      let line = order.first { page.lines[$0].text.lowercased().contains(wanted) }
      guard let line else { return say("'\(excerpt(of: text))' is not on this page", .faint) }
      overlay?.scroll = line
      return
    }
    let found = tasks.first(after: target) { task in
      let name = shell.scheduler.info(task)?.name ?? ""
      return "\(task) \(name)".lowercased().contains(wanted)
    }
    guard let found else { return say("no task is called '\(excerpt(of: text))'", .faint) }
    habits.selected = found
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
