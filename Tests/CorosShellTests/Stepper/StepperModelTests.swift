import CorosKernel
import Testing

@testable import CorosHistory
@testable import CorosSession
@testable import CorosShell

/// What keys do.
@Suite struct StepperModelTests {
  @Test(arguments: ["s", "space", "right"])
  func `a step runs one task, and its events are told`(_ key: String) {
    let stepped = SteppedSession("spawn count 3")
    stepped.press(key)
    #expect(stepped.scheduler.now == 1)
    #expect(stepped.state.events.last?.text == "0  1 count writes \"1\"")
    #expect(stepped.state.output.map(\.text) == ["[1] 1"])
  }

  @Test(arguments: ["b", "left"])
  func `a step back takes away what it brought, output and events, too`(_ key: String) {
    let stepped = SteppedSession("spawn count 3")
    let before = stepped.screen()
    stepped.press("s")
    stepped.press(key)
    #expect(stepped.scheduler.now == 0)
    #expect(stepped.state.output == [])
    #expect(stepped.state.ahead == 1)
    // Only that there is a future tells the two apart.
    let differing = zip(before.split(separator: "\n"), stepped.screen().split(separator: "\n"))
      .filter { $0 != $1 }
    #expect(differing.count == 1)
    stepped.press("\(key) \(key)")
    #expect(stepped.stepper.message?.text == "this is the beginning")
  }

  @Test func `what happened before it was opened is told, too`() {
    let stepped = SteppedSession("spawn count 3", "run 2")
    #expect(stepped.state.output.map(\.text) == ["[1] 1", "[1] 2"])
    stepped.press("b")
    #expect(stepped.state.output.map(\.text) == ["[1] 1"])
    #expect(stepped.state.events.last?.text == "0  1 count writes \"1\"")
  }

  @Test func `back and forth a thousand times is where it was`() {
    let stepped = SteppedSession("spawn family", "spawn clock 4 9", "spawn count 30", "run 40")
    let before = stepped.screen()
    var random = RandomSource(seed: 8)
    for _ in 0..<200 {
      let steps = random.next(below: 5)
      for _ in 0..<steps { stepped.press("b") }
      for _ in 0..<steps { stepped.press("s") }
      #expect(stepped.scheduler.now == 40)
    }
    stepped.press("b s")
    #expect(stepped.screen() == before)
    #expect(stepped.machine.branchList.count == 1)
  }

  @Test func `it runs by itself at the speed that was set`() {
    let stepped = SteppedSession("spawn count 100000")
    stepped.press("r")
    stepped.pass(milliseconds: 1_000)
    #expect(stepped.scheduler.now == 10)
    stepped.press("+ +")
    stepped.pass(milliseconds: 1_000, from: 5_000_000_000)
    #expect(stepped.scheduler.now == 60)
    stepped.press("r")
    stepped.pass(milliseconds: 1_000, from: 9_000_000_000)
    #expect(stepped.scheduler.now == 60)
    stepped.press("+ + + + + + + + + + enter")
    #expect(stepped.stepper.habits.speed == .unbounded)
    #expect(stepped.stepper.runSlice(nanoseconds: 1) == .after(milliseconds: 0))
    #expect(stepped.scheduler.now > 1_000)
    stepped.press("ctrl-c")
    #expect(stepped.stepper.run == nil && !stepped.stepper.isFinished)
    #expect(stepped.stepper.runSlice(nanoseconds: 2) == .never)
  }

  @Test func `paused, there is nothing to do until a key comes`() {
    let stepped = SteppedSession("spawn count 9")
    #expect(stepped.stepper.runSlice(nanoseconds: 1) == .never)
  }

  @Test func `a run that ends in a deadlock stops, and says who waits for whom`() {
    let stepped = SteppedSession("spawn circle")
    stepped.press("enter")
    stepped.pass(milliseconds: 3_000)
    #expect(stepped.stepper.run == nil)
    #expect(stepped.screen().contains("in a circle: 1 → 2 → 3 → 1"))
    stepped.press("esc")
    #expect(!stepped.screen().contains("in a circle"))
  }

  @Test func `the end of a run is said`() {
    let stepped = SteppedSession("spawn hello")
    stepped.press("s s s")
    #expect(stepped.stepper.message?.text == "all finished at tick 2")
  }

  // MARK: One task

  @Test func `keys are about the selected task, or else about who is next`() {
    let stepped = SteppedSession("spawn count 9; spawn count 8; spawn count 7")
    #expect(stepped.stepper.target == 1)
    stepped.press("down")
    #expect(stepped.stepper.target == 2)
    stepped.press("down down")
    #expect(stepped.stepper.target == 3)
    stepped.press("up")
    #expect(stepped.stepper.target == 2)
    stepped.press("esc")
    #expect(stepped.stepper.target == 1)
    stepped.press("end home")
    #expect(stepped.stepper.target == 1)
  }

  @Test(arguments: ["rr", "fifo", "stride", "mlfq", "fair", "manual"])
  func `a picked task runs next, whatever the policy, which goes on afterwards`(_ policy: String) {
    let stepped = SteppedSession("policy \(policy)", "spawn job 9; spawn job 9; spawn job 9")
    stepped.press("end p")
    #expect(stepped.scheduler.lastDispatched == 3)
    #expect(stepped.scheduler.now == 1)
    #expect(stepped.scheduler.policyDescription.hasPrefix(policy))
    stepped.press("b")
    stepped.press("s")
    #expect(stepped.scheduler.lastDispatched == 3)
    #expect(stepped.session.shell.brokenInvariants() == [])
  }

  @Test func `one who waits cannot be picked, and it says why`() {
    let stepped = SteppedSession("spawn clock 10 1; spawn count 9", "step")
    stepped.press("end p")
    #expect(stepped.stepper.message?.text.contains("task 1 is not ready") == true)
    #expect(stepped.scheduler.now == 1)
  }

  @Test func `a kill asks first`() {
    let stepped = SteppedSession("spawn count 9; spawn count 9")
    stepped.press("k")
    #expect(stepped.state.question == "kill task 1 (count)? y or n")
    stepped.press("n")
    #expect(stepped.scheduler.liveTaskCount == 2)
    stepped.press("k y")
    #expect(stepped.scheduler.liveTaskCount == 1)
    #expect(stepped.stepper.message?.text == "task 1 killed")
    #expect(stepped.state.events.last?.text.contains("task 1 (count) has ended: killed") == true)
  }

  @Test func `what is done in the past begins a branch, and it says so`() {
    let stepped = SteppedSession("spawn count 9; spawn count 9", "run 4")
    stepped.press("b b k y")
    #expect(stepped.state.branch == 2)
    #expect(stepped.stepper.message?.text.contains("branch 2 begins here") == true)
  }

  @Test func `why is told beside the list`() {
    let stepped = SteppedSession("spawn count 9; spawn count 9")
    stepped.press("down w")
    #expect(stepped.state.overlay?.title == "Why task 2 (count)")
    let why = stepped.state.overlay?.lines.map { $0.text + "\n" }.joined()
    stepped.stepper.close()
    #expect(stepped.session.type("why 2") == why)
  }

  @Test func `one task can be followed, and then it alone is told of`() {
    let stepped = SteppedSession("spawn count 9; spawn count 9")
    stepped.press("down f s s s s")
    #expect(stepped.state.followed == "2 (count)")
    #expect(stepped.state.output.map(\.text) == ["[2] 1", "[2] 2"])
    #expect(stepped.state.events.count == 3)
    stepped.press("f")
    #expect(stepped.state.output.count == 4)
  }

  @Test func `on to the next step of a task, and back to its last`() {
    let stepped = SteppedSession(
      "policy fifo",
      "spawn job 50; spawn job 3; spawn clock 5 1"
    )
    stepped.press("down n")
    while stepped.stepper.run != nil { stepped.pass(milliseconds: 1) }
    #expect(stepped.scheduler.now == 51)
    #expect(stepped.scheduler.lastDispatched == 2)
    stepped.press("N")
    #expect(stepped.scheduler.now == 50)
    stepped.press("up up")
  }

  // MARK: Time

  @Test func `one can go to a tick`() {
    let stepped = SteppedSession("spawn count 20", "run 15")
    stepped.press("g 7")
    #expect(stepped.state.question == "go to tick: 7_")
    stepped.press("enter")
    #expect(stepped.scheduler.now == 7)
    stepped.press("g 1 2 3 backspace backspace x enter")
    #expect(stepped.scheduler.now == 1)
    stepped.press("g 9 9 enter")
    #expect(stepped.stepper.message?.text.contains("nothing is recorded of tick 99") == true)
    stepped.press("g 5 esc")
    #expect(stepped.scheduler.now == 1)
    stepped.press(">")
    #expect(stepped.scheduler.now == 15)
    stepped.press("<")
    #expect(stepped.scheduler.now == 0)
    #expect(stepped.state.output == [])
  }

  // MARK: The prompt and the journal

  @Test func `it is as if the commands had been typed`() throws {
    let typed = SteppedSession()
    typed.stepper.close()
    typed.session.type(
      "spawn count 9; spawn job 9; spawn family",
      "step",
      "step",
      "step",
      "kill 2",
      "pick 3",
      "step",
      "step"
    )
    let pressed = SteppedSession("spawn count 9; spawn job 9; spawn family")
    pressed.press("s s s down k y")
    pressed.stepper.habits.selected = 3
    pressed.press("p s")
    pressed.stepper.close()
    #expect(pressed.session.shell.session.journalText == typed.session.shell.session.journalText)
    #expect(
      pressed.session.type("ps -a; queue; clock") == typed.session.type("ps -a; queue; clock")
    )
  }

  @Test func `nothing is printed meanwhile, nor later, and the state is kept`() {
    let stepped = SteppedSession("spawn count 9", "trace on")
    stepped.press("s s k y")
    #expect(stepped.session.host.takeSeen() == "")
    stepped.press("q")
    #expect(stepped.stepper.isFinished)
    stepped.stepper.close()
    #expect(stepped.session.type("clock").contains("tick 2"))
    #expect(stepped.session.type("output 1") == "1\n2\n")
  }

  @Test func `settings of the session come back`() throws {
    var settings = Settings()
    settings.isJSON = true
    let stepped = SteppedSession("spawn count 9", settings: settings)
    stepped.press("s w")
    #expect(stepped.screen().contains("task 1"))
    stepped.stepper.close()
    #expect(try parsedLines(stepped.session.type("clock")).first?.command == "clock")
  }

  @Test func `how it was left is how it is found`() {
    let stepped = SteppedSession("spawn count 9; spawn count 9")
    stepped.press("+ + down f q")
    stepped.stepper.close()
    let again = StepperModel(stepped.session.shell)
    #expect(again.habits.speed == .ticksPerSecond(50))
    #expect(again.habits.followed == 2 && again.selected == 2)
  }

  @Test func `a breakpoint is set and deleted by a key, shown, and stopped at`() {
    let stepped = SteppedSession(
      "spawn count 9",
      "spawn count 9",
      "break tick 5 --do 'clock; assert 1 == 2'"
    )
    stepped.stepper.habits.selected = 2
    stepped.press("B r")
    #expect(stepped.screen().contains("◆2 count"))
    stepped.pass(milliseconds: 1_000)
    #expect(stepped.scheduler.now == 2 && stepped.stepper.run == nil)
    #expect(stepped.stepper.message?.text == "breakpoint 2: task 2 (count) has run")
    stepped.press("B r")
    #expect(!stepped.screen().contains("◆"))
    stepped.pass(milliseconds: 1_000)
    #expect(stepped.scheduler.now == 5)
    // Its commands have been run, and what they say is shown, also what has failed.
    let page = stepped.stepper.overlay?.lines.map(\.text) ?? []
    #expect(page.first == "tick 5" && page.contains { $0.contains("1 == 2") })
    #expect(stepped.session.host.takeSeen() == "")
  }

  @Test func `whatever the commands of a breakpoint do, the screen stays whole`() {
    for (commands, now) in [
      ("reset; spawn count 9; spawn hello", 0), ("back 2", 0), ("stepper", 2), ("exit 3", 2),
    ] {
      let stepped = SteppedSession("spawn count 9", "break tick 2 --once --do '\(commands)'")
      stepped.press("s s")
      #expect(stepped.scheduler.now == now, "\(commands)")
      #expect(stepped.stepper.isFinished == (stepped.session.shell.exitStatus == 3))
      stepped.press("esc")
      let written = stepped.state.output.count
      stepped.press("s s")
      #expect(stepped.state.output.count == written + 2, "\(commands)")
      #expect(stepped.session.host.takeSeen() == "", "\(commands)")
      stepped.stepper.close()
      #expect(stepped.session.type("clock").hasPrefix("tick"))
    }
  }

  @Test func `thousands of random keys leave everything whole`() {
    var random = RandomSource(seed: 11)
    let keys =
      "s s s b b r + - up down pgup pgdn home end p k y n w f n N B g 1 2 9 enter esc backspace < > ? x ctrl-c"
      .split(separator: " ").map { String($0) }
    for policy in ["rr quantum=2", "mlfq", "stride", "manual", "fair"] {
      let stepped = SteppedSession(
        "policy \(policy)",
        "spawn family; spawn circle; spawn clock 3 9; spawn count 50; spawn sleepers"
      )
      for round in 0..<600 {
        stepped.press(keys[random.next(below: keys.count)])
        _ = stepped.stepper.runSlice(nanoseconds: UInt64(round) * 20_000_000 + 1)
        if round % 7 == 0 {
          _ = stepped.stepper.lines(width: random.next(below: 120), height: random.next(below: 50))
        }
        if round % 20 == 0 { #expect(stepped.session.shell.brokenInvariants() == []) }
        if stepped.scheduler.liveTaskCount == 0 {
          stepped.typeUnseen("spawn family; spawn count 20")
        }
      }
      #expect(stepped.session.host.takeSeen() == "")
      stepped.stepper.close()
      #expect(stepped.session.shell.brokenInvariants() == [])
    }
  }
}
