import Testing

@testable import CorosCommands
@testable import CorosShell

@Suite struct DeterminismTests {
  private static let script = """
    seed 7
    policy rr quantum=2
    trace on
    spawn dice 20; spawn family 3; spawn race; spawn traffic; spawn sleepers 9; spawn crash
    step 40
    ps -a; queue; tree -a; stats; clock
    trace off
    limit tasks 60
    spawn forkbomb
    run 500
    kill 3; stop 5; resume 5
    ps; queue; tree; stats; trace show 1000
    """

  @Test(arguments: [false, true])
  func `the same script prints the same bytes`(_ isJSON: Bool) {
    func play() -> String {
      let session = isJSON ? TestShell.json() : TestShell()
      #expect(session.run(Self.script) == 0)
      return session.host.seen
    }
    let first = play()
    #expect(first.utf8.count > 10_000)
    #expect(play() == first)
  }

  @Test func `another seed gives other throws`() {
    func play(_ seed: Int) -> String {
      let session = TestShell()
      #expect(session.run("seed \(seed)\nspawn dice 20\nrun") == 0)
      return session.host.output.replacing("seed \(seed)", with: "")
    }
    #expect(play(1) == play(1))
    #expect(play(1) != play(2))
  }

  @Test func `a reset restores the initial state`() {
    let session = TestShell()
    let first = session.type("spawn dice 20; run")
    session.type("reset")
    #expect(session.type("spawn dice 20; run") == first)
  }
}
