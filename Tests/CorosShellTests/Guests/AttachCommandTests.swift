import CorosLanguage
import CorosSession
import Testing

@testable import CorosCommands
@testable import CorosShell

/// What the command `attach` says to whoever sits at the machine, and does.
@Suite(.timeLimit(.minutes(15))) struct AttachCommandTests {
  private let stage = TestShell()
  private let desk = TestDesk()

  init() { stage.shell.visitors = desk }

  @Test func `it shows the name, those attached, and who drives`() {
    #expect(
      stage.type("attach") == """
        `coros attach lab` in another terminal looks at this machine
        this terminal drives

        """
    )
    (desk.driver, desk.asking) = (7, 8)
    #expect(
      stage.type("attach").hasSuffix("process 7 drives\nprocess 8 asks to drive\n")
    )
  }

  @Test func `at another terminal it does not take the machine's own for that one`() {
    func answer() -> String? {
      let line = GuestLine("attach", look: (80, false), mayChange: false, isRunning: false)
      let frame = stage.shell.answer(line)?.frames.first
      guard case .string(let text)? = frame?["text"] else { return nil }
      return text.lines.last
    }
    #expect(answer() == "the terminal of the machine drives")
    desk.driver = 7
    #expect(answer() == "process 7 drives")
    (desk.driver, desk.hasOwner) = (nil, false)
    #expect(answer() == "nobody drives")
  }

  @Test func `it allows and denies`() {
    desk.asking = 8
    #expect(stage.type("attach deny").hasPrefix("process 8 still watches"))
    #expect(desk.driver == nil)
    desk.asking = 9
    #expect(stage.type("attach allow").hasPrefix("process 9 drives now"))
    #expect(desk.driver == 9)
    #expect(stage.type("attach allow").hasPrefix("nobody has asked to drive"))
    _ = stage.type("attach take")
    #expect(desk.driver == nil)
  }

  @Test func `after off nobody can attach`() {
    #expect(stage.type("attach off").hasPrefix("nobody can attach"))
    #expect(stage.type("attach allow").hasPrefix("nobody can attach"))
  }

  @Test func `whoever drives from elsewhere can let the machine run at its own prompt`() {
    func status(of text: String) -> Int? {
      let line = GuestLine(text, look: (80, false), mayChange: true, isRunning: false)
      return stage.shell.answer(line)?.status
    }
    #expect(status(of: "live on 7") == 0 && stage.shell.session.live.rate == 7)
    #expect(status(of: "live off") == 0 && !stage.shell.session.live.isOn)
    // Where nobody sits, nothing runs between lines.
    desk.hasOwner = false
    #expect(status(of: "live on") == 1 && !stage.shell.session.live.isOn)
  }

  @Test(arguments: ["ps > x", "timeline --svg x", "ps >> x"])
  func `whoever watches is told why they write no file`(text: String) {
    let line = GuestLine(text, look: (80, false), mayChange: false, isRunning: false)
    guard case .string(let said)? = stage.shell.answer(line)?.frames.first?["errors"] else {
      Issue.record("nothing was said")
      return
    }
    #expect(said.contains("'x': only the terminal that drives uses files"), "\(said)")
    #expect(said.contains("`attach take` takes it") && !said.contains("sandbox"))
  }

  @Test func `other words are refused`() {
    #expect(stage.type("attach run").hasPrefix("attach does not take 'run'"))
  }
}
