import Testing

@testable import CorosCommands
@testable import CorosShell

/// Results that go to programs of the host, and answers that take long.
@Suite struct HostCommandTests {
  @Test(arguments: [
    ("echo a; echo b | !sort -r | head; x 'y", "sort -r | head; x 'y: b\n"),
    ("echo b | head | ! cat  ", "cat: b\n"),
    ("echo $x | !echo $HOME # no comment", "echo $HOME # no comment: 1\n"),
  ]) func `all behind the sign is for the host's shell`(_ line: String, _ piped: String) {
    let test = TestShell()
    test.type("set x 1")
    test.type(line)
    #expect(test.host.piped == [piped])
  }

  @Test func `the next line is the shell's again`() {
    let test = TestShell()
    #expect(test.run("echo a | !cat\necho b") == 0)
    #expect(test.host.takeOutput() == "b\n")
    #expect(test.host.piped == ["cat: a\n"])
  }

  @Test func `a command of the host that fails is a failure, as is none`() {
    let test = TestShell()
    #expect(test.type("echo a | !false").hasPrefix("the host's command ended with status 1\n"))
    #expect(test.type("echo $?") == "1\n")
    #expect(test.type("echo a | !").contains("as in `events | !less`"))
    #expect(test.host.piped == ["false: a\n"])
    // The failure of the command itself is told, and what it printed is sent.
    #expect(test.type("nosuch | !cat").contains("there is no command 'nosuch'"))
  }

  @Test func `a sandbox runs nothing, not even what comes before`() {
    var settings = Settings()
    settings.isSandboxed = true
    let test = TestShell(settings)
    let text = test.type("echo a | !cat")
    #expect(text.hasPrefix("a sandbox runs no programs of the host\n"))
    #expect(text.contains("grep, head, tail, count, sort"))
    #expect(!text.contains("a\na"))
    #expect(test.host.piped == [])
  }

  @Test func `a host without programs says so`() {
    let test = TestShell()
    let host = CapturingHost(test.host)
    #expect(throws: HostProgramRefusal.self) { try host.pipe("", to: "cat") }
  }

  @Test(arguments: ["events | count", "when tick == 7", "stats 1", "stats 5..9"])
  func `who waits for an answer sees how far it is, and no longer`(_ line: String) {
    let test = TestShell()
    test.type("spawn spin; run 3000")
    test.type(line)
    let shown = test.host.progress
    #expect(shown.last == .some(nil))
    // The others ask too seldom for so few steps.
    if ["when tick == 7", "stats 1"].contains(line) {
      #expect(shown.first??.hasPrefix("looking at the past: ") == true)
      #expect(shown.first??.hasSuffix(" of 3,000 steps (Ctrl-C gives up)") == true)
    }
  }

  @Test func `who explores sees how many runs were made, and nothing of the past`() {
    let test = TestShell()
    test.type("spawn family; step 3")
    test.type("explore random --runs 1000")
    let shown = test.host.progress.compactMap { $0 }
    #expect(shown.contains { $0.contains(" runs, ") })
    #expect(!shown.contains { $0.contains("the past") })
  }
}
