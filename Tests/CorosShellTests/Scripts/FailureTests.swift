import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosShell

/// Scripts in which a command fails.
@Suite struct FailureTests {
  @Test func `a failing line stops the script and names its place`() {
    let session = TestShell()
    #expect(session.run("echo one\nkill\necho never") == 1)
    #expect(session.host.output == "one\n")
    #expect(
      session.host.errors == """
        -c:2: kill needs a task id
          kill
          ^^^^
          hint: `ps` lists the tasks; $! is the last one spawned

        """
    )
  }

  @Test func `a syntax error is status 2, and no command of the line runs`() {
    let session = TestShell()
    #expect(session.run("echo one\necho two; echo \"") == 2)
    #expect(session.host.output == "one\n")
    #expect(session.host.errors.hasPrefix("-c:2: this quote is never closed\n"))
  }

  @Test func `a failed chain ends its line, unless the failure was handled`() {
    let session = TestShell()
    #expect(session.run("kill || echo caught; echo on; kill; echo never\necho never") == 1)
    #expect(session.host.output == "caught\non\n")
  }

  @Test func `with keep-going all lines run, and the status is the worst`() {
    let session = TestShell.keepingGoing()
    #expect(session.run("kill\necho one\necho \"\necho two") == 2)
    #expect(session.host.output == "one\ntwo\n")
    #expect(TestShell.keepingGoing().run("kill; echo on") == 1)
    #expect(TestShell.keepingGoing().run("kill || echo caught") == 0)
    #expect(TestShell.keepingGoing().run("kill && echo no; echo on") == 1)
  }

  @Test func `with keep-going the failure of one script does not affect another`() throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("good.coros", "echo good\n")
    let session = TestShell.keepingGoing()
    #expect(session.run("kill\nsource \(good) && echo well\n") == 1)
    #expect(session.host.output == "good\nwell\n")
  }

  @Test func `a place in JSON is a file, a line and a column`() throws {
    let session = TestShell.json()
    #expect(session.run("echo a\necho b; kill x") == 1)
    let error = try #require(try parsedLines(session.host.errors).first)
    #expect(error["file"] as? String == "-c")
    #expect(error["line"] as? Int == 2)
    #expect(error["column"] as? Int == 14)
  }

  @Test func `a task's own failure is not a failure of the script`() {
    let session = TestShell()
    #expect(session.run("spawn crash boom\nrun\necho on") == 0)
    #expect(session.host.errors == "task 1 (crash) failed: boom\n")
  }

  @Test func `a deadlock is a failure`() {
    let session = TestShell()
    #expect(session.run("spawn circle 2\nrun\necho never") == 1)
    #expect(session.host.errors.hasPrefix("-c:2: deadlock: no task can ever run again\n"))
  }

  @Test func `exit ends the script with its status, anywhere`() {
    #expect(TestShell().run("exit\necho never") == 0)
    let session = TestShell()
    #expect(session.run("echo one\nexit 7; echo never\necho never") == 7)
    #expect(session.host.output == "one\n")
    #expect(TestShell.keepingGoing().run("kill\nexit 3") == 3)
  }

  @Test func `an interrupted run is status 130, and the shell continues`() {
    let session = TestShell()
    session.host.patience = 10
    #expect(session.run("spawn spin\nrun\necho never") == 130)
    #expect(session.host.output == "task 1: spin\n")
    #expect(session.host.errors.hasPrefix("-c:2: interrupted at tick "))
    session.host.patience = nil
    #expect(session.run("kill 1\nrun 5\necho $?") == 0)
  }

  @Test func `keep-going does not continue after an interrupt`() {
    let session = TestShell.keepingGoing()
    session.host.patience = 10
    #expect(session.run("spawn spin\nrun\necho never") == 130)
    #expect(!session.host.output.contains("never"))
  }

  @Test func `a script that runs no tasks is interrupted between its lines`() {
    let session = TestShell()
    session.host.patience = 0
    #expect(session.run("echo never") == 130)
    #expect(session.host.seen.isEmpty)
  }
}
