import CorosKernel
import Testing

@testable import CorosShell

/// Commands, searches and what else reaches further than a key in the stepper.
@Suite struct StepperCommandTests {
  /// Types a text, and Return.
  private func type(_ text: String, in stepped: SteppedSession) {
    for character in text { stepped.stepper.press(.character(character)) }
    stepped.stepper.press(.enter)
  }

  @Test func `any command runs, and what it says is a page`() {
    let stepped = SteppedSession("spawn count 3; spawn spin")
    stepped.press(":")
    #expect(stepped.screen().hasSuffix(" :_\n"))
    type("stex", in: stepped)
    #expect(stepped.screen().contains("there is no command 'stex'"))
    stepped.press("esc")
    stepped.press(": x backspace")
    #expect(stepped.screen().hasSuffix(" :_\n"))
    type("ps -a", in: stepped)
    #expect(stepped.screen().contains("count"))
    #expect(stepped.stepper.overlay?.title == "ps -a")
    #expect(stepped.screen().hasSuffix("q back\n"))
    stepped.press("q")
    #expect(stepped.screen().hasSuffix("q quit\n"))
    #expect(!stepped.stepper.isFinished)
  }

  @Test func `a command that moves the machine is seen`() {
    let stepped = SteppedSession("spawn count 3; spawn spin")
    stepped.press(":")
    type("run 4", in: stepped)
    #expect(stepped.state.tick == 4)
    #expect(!stepped.state.events.isEmpty)
    stepped.press("esc :")
    type("kill 2", in: stepped)
    #expect(stepped.state.liveCount == 1)
    #expect(stepped.stepper.message?.text == "task 2 killed")
    stepped.press(":")
    type("exit 3", in: stepped)
    #expect(stepped.stepper.isFinished && stepped.session.shell.exitStatus == 3)
  }

  @Test func `what needs the whole screen is refused there`() {
    let stepped = SteppedSession("spawn count 3")
    stepped.press(":")
    type("stepper", in: stepped)
    #expect(stepped.screen().contains("the stepper is open already"))
    #expect(!stepped.stepper.isFinished)
    stepped.session.host.editing = { $0 }
    for line in ["ps | !less", "edit p"] {
      stepped.press("esc :")
      type(line, in: stepped)
      #expect(stepped.screen().contains("another program cannot run now"), "\(line)")
    }
    #expect(stepped.session.host.piped == [])
  }

  @Test func `a long answer is a page there, and opens no other screen`() {
    let stepped = SteppedSession("spawn count 3")
    let host = stepped.session.host
    (host.hasScreen, host.keys) = (true, [])
    stepped.press(":")
    type("help explore", in: stepped)
    #expect(host.screens == 0)
    #expect((stepped.stepper.overlay?.lines.count ?? 0) > host.height)
    // At the prompt it has the screen.
    stepped.stepper.close()
    stepped.session.type("help explore")
    #expect(host.screens == 1)
  }

  @Test func `after an exploration nothing is printed beside the screen, either`() {
    let stepped = SteppedSession(
      "shared n = 0; program bump { n = n + 1 }; finally n == 2; spawn bump x2"
    )
    _ = stepped.session.host.takeSeen()
    stepped.press(":")
    type("explore", in: stepped)
    #expect(stepped.screen().contains("branch 2 stands there"))
    stepped.press("esc :")
    type("spawn count 3", in: stepped)
    stepped.press("s s s")
    #expect(stepped.screen().contains("writes"))
    #expect(stepped.session.host.takeSeen() == "")
  }

  @Test func `a search selects the next task with the name, round and round`() {
    let stepped = SteppedSession("spawn spin; spawn count; spawn hello; spawn count")
    stepped.press("/")
    type("COU", in: stepped)
    #expect(stepped.stepper.selected == 2)
    stepped.press("/")
    type("", in: stepped)
    #expect(stepped.stepper.selected == 4)
    stepped.press("/ enter")
    #expect(stepped.stepper.selected == 2)
    stepped.press("/")
    type("nobody", in: stepped)
    #expect(stepped.stepper.message?.text == "no task is called 'nobody'")
    #expect(stepped.stepper.selected == 2)
  }

  @Test func `a search in a page goes to the line`() {
    let stepped = SteppedSession("spawn spin")
    stepped.press("? /")
    type("RECORDED", in: stepped)
    let page = stepped.stepper.overlay
    #expect(page?.lines[page?.scroll ?? 0].text.contains("last recorded one") == true)
    stepped.press("/")
    type("nothing like it", in: stepped)
    #expect(stepped.stepper.message?.text == "'nothing like it' is not on this page")
  }

  @Test func `tasks that have ended can be listed, selected and asked why`() {
    let stepped = SteppedSession("spawn hello; spawn spin; run 4")
    let heading = StepperState.Item.heading("ended", count: 1)
    #expect(!stepped.state.items.contains(heading))
    stepped.press("e")
    #expect(stepped.state.items.contains(heading))
    stepped.press("end")
    #expect(stepped.stepper.selected == 1)
    stepped.press("w")
    #expect(stepped.screen(100, 24).contains("Why task 1 (hello)"))
    stepped.press("esc e")
    #expect(stepped.stepper.selected == nil)
  }

  @Test func `events and output are scrolled, until the machine moves`() {
    let stepped = SteppedSession("spawn count 60; run 50")
    let newest = stepped.screen(100, 24)
    #expect(newest.contains("[1] 50") && !newest.contains("[1] 31"))
    stepped.press("[ [ [")
    let older = stepped.screen(100, 24)
    #expect(!older.contains("[1] 50") && older.contains("[1] 35"))
    #expect(older.hasSuffix("15 lines back; ] shows what is newer\n"))
    stepped.press("] ] ]")
    #expect(stepped.screen(100, 24).contains("[1] 50"))
    stepped.press("[ s")
    #expect(stepped.screen(100, 24).contains("[1] 51"))
  }

  @Test func `the time can be zoomed`() {
    let stepped = SteppedSession("spawn spin; run 500")
    #expect(stepped.state.range == 420..<500)
    stepped.press("z z")
    #expect(stepped.state.range == 180..<500)
    #expect(stepped.stepper.message?.text == "4 ticks a column")
    stepped.press("z z z")
    #expect(stepped.state.range == 0..<500)
    stepped.press("Z")
    #expect(stepped.state.range == 420..<500)
    for _ in 0..<40 { stepped.press("z") }
    #expect(stepped.state.ticksPerColumn == 1_024)
  }
}
