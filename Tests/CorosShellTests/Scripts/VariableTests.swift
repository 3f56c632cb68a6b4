import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

@Suite struct VariableTests {
  @Test func `the status of the last command`() {
    let session = TestShell()
    session.type("kill || echo $?; echo $?; nonsense || echo $?")
    #expect(session.host.output == "1\n0\n1\n")
  }

  @Test func `a refused line is status 2 for the next`() {
    let session = TestShell()
    session.type("echo \"", "echo $?")
    #expect(session.host.output == "2\n")
  }

  @Test func `an interrupted command is status 130 for the next`() {
    let session = TestShell()
    session.type("spawn spin")
    session.host.patience = 5
    session.type("run")
    session.host.patience = nil
    session.type("echo $?")
    #expect(session.host.output == "task 1: spin\n130\n")
  }

  @Test func `the last task spawned`() {
    let session = TestShell()
    session.type("spawn hello; spawn spin; kill $!; echo $!")
    #expect(session.host.output == "task 1: hello\ntask 2: spin\ntask 2 killed\n2\n")
  }

  @Test func `the arguments of a text`() {
    let session = TestShell()
    session.shell.setArguments(["a b", "", "c"])
    #expect(
      session.run("echo $#; echo $1-$3; echo \"[$2]\"; echo $@; set all \"=$@\"; echo $all") == 0
    )
    #expect(session.host.output == "3\na b-c\n[]\na b  c\n=a b  c\n")
  }

  @Test func `an argument that was not given is an error`() {
    let session = TestShell()
    session.shell.setArguments(["one"])
    #expect(session.run("echo $2") == 1)
    #expect(
      session.host.errors.hasPrefix("-c:1: there is no `$2`: the script was given 1 argument\n")
    )
  }

  @Test func `a sourced file has its own arguments, and restores the others`() throws {
    let folder = try TemporaryFolder()
    let inner = try folder.write("inner.coros", "echo $# $@\nset seen $1\n")
    let session = TestShell()
    session.shell.setArguments(["outer"])
    #expect(session.run("source \(inner) x y; source \(inner) z; echo $1 $seen") == 0)
    #expect(session.host.output == "2 x y\n1 z\nouter z\n")
  }
}
