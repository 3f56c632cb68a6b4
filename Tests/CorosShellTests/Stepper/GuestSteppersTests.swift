import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import Testing

@testable import CorosShell

/// Steppers of those at other terminals: what their keys may do, and that each has a screen of their own.
@Suite(.timeLimit(.minutes(15))) struct GuestSteppersTests {
  let stage = TestShell()
  let steppers = GuestSteppers()
  let desk = TestDesk()

  init() {
    stage.type("spawn family; spawn count 9; spawn clock 9 3; spawn circle; step 12; bookmark here")
    stage.shell.visitors = desk
  }

  private func guest(_ client: Int = 1, drives: Bool = false) -> SteppedGuest {
    SteppedGuest(stage, steppers, client: client, mayChange: drives)
  }

  /// All that keys could change.
  private var machineState: String {
    let shell = stage.shell
    return [
      "\(shell.position)", shell.session.journalText, "\(shell.machine.branchCount)",
      "\(shell.machine.breakpoints.all.map(\.number))", "\(shell.variables.status)",
      "\(shell.stepper)", "\(shell.exitStatus ?? -1)", "\(shell.monitor.isMuted)",
      "\(shell.session.live.isOn)", shell.scheduler.policyDescription,
    ].joined(separator: "\n")
  }

  // MARK: Who watches

  @Test(arguments: [
    "s", "space", "right", "left", "b", "r", "enter", "p", "k", "k y", "B", "n", "N", "< >",
    "g 3 enter", ":run", ":kill_1", ":ps;step", ":exit", ":policy_fifo", ":stepper", ":break_1",
    "w", "f", "e", "/ c enter", "z", "Z", "[", "]", "up", "down", "pgdn", "home", "end", "esc", "?",
    "+", "-", "ctrl-c", "q", "x", ":ps", ":set_x_1", ":source_x", ":attach_off",
  ])
  func `keys of somebody who watches move nothing`(_ keys: String) {
    let before = machineState
    let guest = guest()
    guest.press(keys)
    guest.press(keys)
    guest.pass(slices: 3)
    #expect(machineState == before)
    #expect(stage.host.takeSeen().isEmpty)
  }

  @Test(arguments: ["s", "enter", "p", "k", "B", "n", "N", ":run", ":kill_1"])
  func `a key that would move the machine says who drives`(_ keys: String) {
    let guest = guest()
    guest.press(keys)
    #expect(guest.screen(100).contains("the terminal of the machine drives; `:attach drive`"))
    desk.driver = 77
    guest.press(keys)
    #expect(guest.screen(100).contains(" process 77 drives; "))
    (desk.driver, desk.hasOwner) = (nil, false)
    guest.press(keys)
    #expect(guest.screen(100).contains(" nobody drives; "))
  }

  @Test func `everybody has a size, a selection and a page of their own`() {
    let (first, second) = (guest(1), guest(2))
    first.press("home", width: 100, height: 30)
    second.press("end w", width: 40, height: 12)
    let (wide, narrow) = (first.screen(100, 30), second.screen(40, 12))
    #expect(first.stepper.lines(width: 100, height: 30).count == 30)
    #expect(second.stepper.lines(width: 40, height: 12).count == 12)
    let selected = second.stepper.state?.selected ?? 0
    #expect(narrow.contains("Why task \(selected)") && !wide.contains("Why task"))
    #expect(first.stepper.state?.selected == 2 && selected > 2)
    // The owner's is another one again.
    #expect(stage.shell.stepper.selected == nil)
    first.press("z", width: 100, height: 30)
    #expect(first.stepper.state?.ticksPerColumn == 2 && second.stepper.state?.ticksPerColumn == 1)
  }

  @Test(arguments: [(20, 3), (40, 12), (80, 24), (160, 50)])
  func `a screen is as it would be at the machine itself`(_ width: Int, _ height: Int) {
    let guest = guest()
    let own = StepperModel(stage.shell)
    defer { own.close() }
    for keys in ["", "down", "z z", "e", "w", "esc", "?", "down down", "esc", "f", "["] {
      guest.press(keys, width: width, height: height)
      for key in keys.split(separator: " ") { own.press(SteppedSession.key(String(key))) }
      _ = guest.screen(width, height)
      var state = own.state(width: width, height: height)
      state.wheel = "you watch"
      let lines = StepperView(state, width: width, height: height).lines
      #expect(guest.stepper.lines(width: width, height: height) == lines, "\(keys)")
    }
  }

  @Test func `at a deep zoom a screen is the same, and its state is short`() {
    stage.type("run")
    stage.type("spawn count 3000; spawn count 3000; spawn count 3000; run 9000")
    let guest = guest()
    let own = StepperModel(stage.shell)
    defer { own.close() }
    for _ in 0..<8 {
      guest.press("z")
      own.press(.character("z"))
    }
    _ = guest.screen()
    var state = own.state(width: 80, height: 24)
    state.wheel = "you watch"
    let view = StepperView(state, width: 80, height: 24)
    #expect(guest.stepper.lines(width: 80, height: 24) == view.lines)
    #expect(state.timeline.contains { $0.spans.count > 1_000 })
    #expect(state.json(for: view).text.utf8.count < 40_000)
  }

  // MARK: Looking back

  @Test func `somebody who watches looks at another tick, and the machine stays where it is`() {
    let before = machineState
    let guest = guest()
    guest.press("left left")
    #expect(guest.stepper.state?.tick == 10 && guest.screen().contains("you look back from 12"))
    guest.press("right")
    #expect(guest.stepper.state?.tick == 11)
    guest.press("g 3 enter down w")
    #expect(guest.stepper.state?.tick == 3 && guest.screen().contains("Why task"))
    #expect(machineState == before)
    // What was there at that tick, as the shell tells it.
    let table = stage.type("ps --at 3").split(separator: "\n").dropFirst().count
    #expect(guest.stepper.state?.liveCount == table)
    guest.press("esc < left")
    #expect(guest.screen().contains("this is the beginning"))
    guest.press("g 9 9 9 enter")
    #expect(guest.screen().contains("nothing is recorded of that tick"))
    #expect(guest.stepper.state?.tick == 0)
    guest.press(">")
    #expect(guest.stepper.state?.tick == 12 && guest.screen().contains("you watch"))
    #expect(machineState == before)
  }

  @Test func `whoever looks back stays there while the machine moves, until they drive`() {
    let (guest, driver) = (guest(1), guest(2, drives: true))
    guest.press("g 3 enter")
    driver.press("s s")
    #expect(guest.screen().contains("you look back from 14") && guest.stepper.state?.tick == 3)
    guest.mayChange = true
    #expect(guest.screen().contains("you drive") && guest.stepper.state?.tick == 14)
  }

  @Test func `what is looked at is drawn again where it has become another past`() {
    let (guest, driver) = (guest(1), guest(2, drives: true))
    guest.press("g 9 enter")
    let events = guest.stepper.state?.events
    driver.press("< s :spawn_count_3")
    driver.pass(slices: 1)
    driver.press("s s s s s s s s s s s s")
    _ = guest.screen()
    #expect(guest.stepper.state?.tick == 9 && guest.stepper.state?.events != events)
    driver.press(":reset")
    #expect(guest.screen().contains("you watch") && guest.stepper.state?.tick == 0)
  }

  @Test func `while a command runs there is only the present`() {
    let guest = guest()
    guest.press("g 3 enter")
    guest.isRunning = true
    #expect(guest.screen().contains("you watch") && guest.stepper.state?.tick == 12)
    guest.press("left")
    #expect(guest.waiting == 0 && guest.screen().contains("while a command runs"))
  }

  // MARK: Who drives

  @Test func `a driver's keys do what they do at the machine, and everybody sees it`() {
    let (driver, watcher) = (guest(1, drives: true), guest(2))
    let own = SteppedSession(
      "spawn family; spawn count 9; spawn clock 9 3; spawn circle; step 12; bookmark here"
    )
    _ = watcher.screen()
    for keys in ["s s right", "left", "< s", ">", "down p", "k y", "B", "n", "N", "g 5 enter", "s"]
    {
      driver.press(keys)
      own.press(keys)
      // Until the next step of a task, if that was asked for.
      driver.pass(slices: 2)
      own.pass(milliseconds: 2)
      #expect(stage.shell.position == own.session.shell.position, "\(keys)")
      #expect(stage.shell.session.journalText == own.session.shell.session.journalText)
      _ = (watcher.screen(), driver.screen())
      let seen = watcher.stepper.state
      #expect(seen?.tick == stage.shell.scheduler.now, "\(keys)")
      #expect(seen?.events == own.state.events, "\(keys)")
      #expect(driver.stepper.state?.message?.text == own.state.message?.text, "\(keys)")
    }
    #expect(stage.host.takeSeen().isEmpty)
  }

  @Test func `it runs by itself while slices are asked for, and stops with the last`() {
    let (driver, watcher) = (guest(1, drives: true), guest(2))
    driver.press("+ + + + + + + + + enter")
    #expect(driver.stepper.state?.isRunning == true)
    driver.pass(slices: 1)
    let tick = stage.shell.scheduler.now
    #expect(tick > 12)
    // Nobody asks, and nothing moves; the other has not pressed anything.
    #expect(watcher.stepper.state?.isRunning != true)
    watcher.pass(slices: 3)
    #expect(stage.shell.scheduler.now == tick)
    driver.pass(slices: 50)
    #expect(driver.stepper.state?.isRunning == false && driver.screen().contains("Deadlock"))
    #expect(!watcher.screen().contains("Deadlock"))
  }

  @Test func `whoever drives no more runs no more`() {
    let driver = guest(drives: true)
    stage.type("spawn spin")
    driver.press("enter")
    driver.mayChange = false
    desk.driver = 5
    let before = machineState
    driver.pass(slices: 3)
    #expect(machineState == before && driver.screen(100).contains("process 5 drives now"))
    #expect(driver.stepper.state?.isRunning == false)
  }

  @Test func `who wants to drive says so on the command line`() {
    let guest = guest()
    guest.press(":attach_take :attach_drive :attach_watch")
    #expect(guest.wishes == ["attach take", "attach drive", "attach watch"])
    #expect(machineState.contains("bookmark here"))
  }

  @Test func `commands are those of the prompt, for those who may give them`() {
    let guest = guest()
    guest.press(":ps_--at_2")
    #expect(guest.screen().contains("TID  NAME"))
    guest.press("esc :nonsense")
    #expect(guest.screen().contains("nonsense"))
    guest.mayChange = true
    guest.press("esc :spawn_count_2")
    #expect(guest.screen().contains(": count 2"))
    guest.press(":exit")
    #expect(stage.shell.exitStatus == nil && !guest.stepper.isFinished)
  }

  @Test func `commands of a breakpoint open no screen at the machine, and do not end it`() {
    stage.host.keys = [.character("q")]
    stage.type("break 2 { stepper; exit 4 }")
    var settings = stage.shell.settings
    settings.isInteractive = true
    stage.shell.console.settings = settings
    let driver = guest(drives: true)
    driver.press("n s s s")
    #expect(stage.shell.exitStatus == nil)
    #expect(driver.stepper.failure == nil && !stage.shell.monitor.isMuted)
  }

  // MARK: While a command runs

  @Test func `during a run what moves waits, and what looks or is refused does not`() {
    let (driver, watcher) = (guest(1, drives: true), guest(2))
    (driver.isRunning, watcher.isRunning) = (true, true)
    // Also for those who come in the middle of it.
    watcher.press("down w esc / c enter s k :run ?")
    #expect(watcher.waiting == 0 && watcher.screen().contains("Keys, and their"))
    driver.press("down w")
    #expect(driver.waiting == 0)
    driver.press("esc s")
    #expect(driver.waiting == 1)
    driver.isRunning = false
    driver.serve()
    #expect(driver.waiting == 0 && stage.shell.scheduler.now == 13)
  }

  @Test func `a run that somebody else began is seen as one`() {
    let watcher = guest()
    watcher.isRunning = true
    #expect(watcher.screen().contains("running full speed"))
    watcher.isRunning = false
    #expect(watcher.screen().contains("paused 10/s"))
  }

  @Test func `a machine that is busy is left with Ctrl-C, twice`() {
    let driver = guest(drives: true)
    _ = driver.screen()
    driver.isRunning = true
    driver.press("s")
    driver.stepper.press(.interrupt)
    #expect(driver.interrupts == 1 && !driver.stepper.isFinished)
    for second: UInt64 in 2_000...2_002 {
      _ = driver.stepper.runSlice(nanoseconds: second * 1_000_000_000)
    }
    #expect(driver.stepper.lines(width: 80, height: 24).last?.text.contains("at work") == true)
    driver.stepper.press(.interrupt)
    #expect(driver.stepper.isFinished && driver.stepper.failure == nil)
  }

  @Test func `keys that nobody answers are not kept without end`() {
    let driver = guest(drives: true)
    _ = driver.screen()
    for _ in 0..<10_000 { driver.stepper.press(.character("s")) }
    #expect(driver.waiting <= 1_000)
  }

  // MARK: Leaving

  @Test(arguments: ["q", "ctrl-c"])
  func `it is left by a key, and nothing of it stays`(_ key: String) {
    let guest = guest()
    guest.press(key)
    #expect(guest.stepper.isFinished && guest.stepper.failure == nil)
    #expect(!steppers.isOpen(for: 1))
  }

  @Test func `who is gone has no stepper any more`() {
    let (first, second) = (guest(1), guest(2))
    _ = (first.screen(), second.screen())
    steppers.close(for: 1)
    steppers.close(for: 9)
    #expect(!steppers.isOpen(for: 1) && steppers.isOpen(for: 2))
    steppers.closeAll()
    #expect(!steppers.isOpen(for: 2))
    // A new one begins anew.
    #expect(first.screen().contains("you watch"))
  }

  @Test func `the command opens one where there is a screen, and says so where there is none`()
    throws
  {
    for (hasScreen, mayChange) in [(true, false), (true, true), (false, false), (false, true)] {
      let before = "\(stage.shell.position) \(stage.shell.session.journalText)"
      let guest = GuestLine(
        "echo first; stepper",
        look: (80, false),
        mayChange: mayChange,
        isRunning: false,
        hasScreen: hasScreen
      )
      let answer = try #require(stage.shell.answer(guest))
      #expect(answer.frames.first == ["text": "first\n"])
      #expect((answer.frames.last == ["opens": "stepper"]) == hasScreen && answer.frames.count == 2)
      #expect(answer.status == (hasScreen ? 0 : 1))
      #expect("\(stage.shell.position) \(stage.shell.session.journalText)" == before)
    }
  }
}

extension StepperState {
  /// The number of the selected task among those that are listed.
  fileprivate var selected: Int? {
    for case .task(let row) in items where row.isSelected { return row.tid.rawValue }
    return nil
  }
}
