import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosFiles
@testable import CorosShell

/// Scripts that run scripts.
@Suite struct SourceTests {
  @Test func `a failure in a sourced file is reported with both places`() throws {
    let folder = try TemporaryFolder()
    let inner = try folder.write("inner.coros", "echo inner\nkill\necho never\n")
    let outer = try folder.write("outer.coros", "\nsource \(inner)\necho never\n")
    let session = TestShell()
    #expect(try session.shell.runScript(path: outer, arguments: []) == 1)
    session.shell.flush()
    #expect(session.host.output == "inner\n")
    #expect(
      session.host.errors == """
        \(inner):2: kill needs a task id
          kill
          ^^^^
          hint: `ps` lists the tasks; $! is the last one spawned
        \(outer):2: \(inner) failed

        """
    )
  }

  @Test func `a syntax error keeps its status on the way out`() throws {
    let folder = try TemporaryFolder()
    let inner = try folder.write("inner.coros", "echo |\n")
    #expect(TestShell().run("source \(inner)") == 2)
  }

  @Test func `a script that sources itself stops at the limit`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/self.coros"
    try folder.write("self.coros", "source \(path)\n")
    let session = TestShell()
    #expect(session.run("source \(path)") == 1)
    #expect(session.host.errors.contains("\(path):1: scripts are nested 32 deep\n"))
    #expect(session.host.errors.contains("hint: does a script source itself?\n"))
    // After unwinding there is room again.
    let fine = try folder.write("fine.coros", "echo fine\n")
    #expect(session.run("source \(fine)") == 0)
  }

  @Test func `31 nested scripts are allowed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("32.coros", "echo the last\n")
    for number in 1..<32 {
      try folder.write("\(number).coros", "source \(folder.path)/\(number + 1).coros\n")
    }
    let session = TestShell()
    #expect(session.run("source \(folder.path)/1.coros") == 0)
    #expect(session.host.seen == "the last\n")
  }

  @Test func `exit in a sourced file ends all of them`() throws {
    let folder = try TemporaryFolder()
    let inner = try folder.write("inner.coros", "echo bye\nexit 5\necho never\n")
    let outer = try folder.write("outer.coros", "source \(inner); echo never\necho never\n")
    let session = TestShell()
    #expect(try session.shell.runScript(path: outer, arguments: []) == 5)
    session.shell.flush()
    #expect(session.host.seen == "bye\n")
    #expect(session.shell.exitStatus == 5)
  }

  @Test func `an interrupt in a sourced file interrupts all of them`() throws {
    let folder = try TemporaryFolder()
    let inner = try folder.write("inner.coros", "spawn spin\nrun\necho never\n")
    let session = TestShell()
    session.host.patience = 20
    #expect(session.run("source \(inner) || echo never\necho never") == 130)
    #expect(!session.host.output.contains("never"))
  }

  @Test func `anything but a file cannot run`() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.path + "/missing", "", "/etc/passwd/x"] {
      let error = #expect(throws: FileError.self) {
        try TestShell().shell.runScript(path: path, arguments: [])
      }
      #expect(error?.message.hasPrefix("cannot read '\(path)': ") == true)
    }
  }

  @Test func `at the prompt a failure skips the rest of a sourced file`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.coros", "echo one\nnonsense\necho never\n")
    let session = TestShell()
    session.type("source \(path) || echo caught")
    #expect(session.host.output == "one\ncaught\n")
  }
}
