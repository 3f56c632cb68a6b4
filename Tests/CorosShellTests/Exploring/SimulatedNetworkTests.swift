import CorosSession
import Testing

@testable import CorosShell

/// Exploring tasks that talk over a network in memory: each schedule has one of its own.
@Suite(.timeLimit(.minutes(15))) struct SimulatedNetworkTests {
  private func makeShell() -> TestShell {
    var settings = Settings()
    settings.start.isSimulated = true
    let shell = TestShell(settings)
    shell.type("spawn http 8080", "spawn fetch 8080 /tick")
    return shell
  }

  @Test func `schedules are tried, each with a network of its own`() {
    let shell = makeShell()
    let first = shell.type("explore dfs --runs 200")
    #expect(first.hasPrefix("200 schedules tried"), "\(first)")
    #expect(shell.type("explore dfs --runs 200") == first)
    let bound = shell.type("explore bound preemptions=1 --ignore failed --runs 100")
    #expect(bound.hasPrefix("all 7 schedules with at most 1 pre-emption: none"), "\(bound)")
  }

  @Test func `the machine stands at the failure, with what was open there`() {
    let shell = makeShell()
    for branch in 2...3 {
      let found = shell.type("explore dfs --always 'tick < 15'")
      #expect(found.contains("`tick < 15` does not hold"), "\(found)")
      #expect(found.contains("branch \(branch) stands there, at tick 15"), "\(found)")
      #expect(shell.type("handles").contains("8080"))
      // What was open goes on from there.
      #expect(shell.type("policy rr; run 40; output 2").contains("\ntick "))
      shell.type("branch 1")
    }
  }

  @Test func `what was done before is done again on each network`() {
    let shell = makeShell()
    shell.type("run 12")
    let before = shell.type("handles")
    #expect(before.contains("8080"))
    let found = shell.type("explore random --runs 50")
    #expect(found.contains("50 random runs"), "\(found)")
    #expect(shell.type("handles") == before)
    let failing = shell.type("explore dfs --always 'tick < 20'")
    #expect(failing.contains("branch 2 stands there, at tick 20"), "\(failing)")
  }

  @Test func `a session that stands at a failure is repeated by its journal`() throws {
    let shell = makeShell()
    shell.type("run 9", "explore dfs --always 'tick < 15'", "policy rr", "run 3")
    let other = makeShell()
    try other.shell.session.load(shell.shell.session.journalText)
    #expect(other.type("ps -a; handles") == shell.type("ps -a; handles"))
    #expect(other.type("run 40; output 2") == shell.type("run 40; output 2"))
  }
}
