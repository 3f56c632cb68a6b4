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

  @Test func `other words are refused`() {
    #expect(stage.type("attach run").hasPrefix("attach does not take 'run'"))
  }
}
