import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosShell

/// A word that is no command gets a hint: what else it is, or what it may have been meant to be.
@Suite struct UnknownCommandTests {
  static let policies = KnownPolicy.all.filter { CommandTable.all.command(named: $0.name) == nil }

  private func hint(_ line: String) -> String {
    let session = TestShell()
    let text = session.type(line)
    let line = text.split(separator: "\n").last { $0.hasPrefix("  hint: ") }
    return line.map { String($0.dropFirst(8)) } ?? text
  }

  @Test(arguments: policies.map(\.name))
  func `a policy, typed as a command, is told how to choose it`(_ name: String) throws {
    let policy = try #require(KnownPolicy.named(name))
    let settings = policy.keys.map { "\($0.name)=\($0.standard)" }
    for word in [name, name.uppercased()] + policy.aliases {
      #expect(hint(word) == "it is a policy: `policy \(name)` chooses it")
    }
    let line = settings.joined(separator: " ")
    let full = "it is a policy: `policy \(policy.usage)` chooses it"
    #expect(hint("\(name) \(line)") == full)
    #expect(hint("\(name):\(settings.joined(separator: ","))") == full)
    // The command in the hint works.
    #expect(TestShell().shell.execute("policy \(policy.usage)") == 0)
  }

  @Test func `settings that are wrong, or too long to read, give way to the defaults`() {
    #expect(hint("timer every=x") == "it is a policy: `policy timer every=4` chooses it")
    #expect(hint("timer often") == "it is a policy: `policy timer every=4` chooses it")
    let order = Array(repeating: "12", count: 100).joined(separator: "/")
    let pattern = "it is a policy: `policy pattern order=1/2` chooses it"
    #expect(hint("pattern order=\(order)") == pattern)
    #expect(hint("timer every=2; echo on") == "it is a policy: `policy timer every=2` chooses it")
  }

  @Test func `a program is told how to make a task of it, and other words what is like them`() {
    #expect(hint("spin") == "it is a program: `spawn spin` makes a task of it")
    #expect(hint("spwan") == "did you mean `spawn`?")
    #expect(hint("xyzzyx") == "`help` lists the commands")
    #expect(hint("help timer") == "it is a policy: `help policy` explains it")
    #expect(hint("rr 3") == "it is a policy: `policy rr quantum=3` chooses it")
    #expect(hint("round-robin") == "it is a policy: `policy rr` chooses it")
    #expect(hint("CFS") == "it is a policy: `policy fair` chooses it")
    #expect(hint("quitt") == "did you mean `quit`?")
    #expect(hint("waits --longest") == "`help COMMAND` lists the options of a command")
    #expect(hint("workload A:len=8") == "a name is a key, too: `name=A,len=...`")
    #expect(hint("calls 1") == "`events TID call --by call` counts the system calls of a task")
    #expect(hint("help SRTF") == "it is a policy: `help policy` explains it")
  }
}
