import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosInsight
@testable import CorosSession
@testable import CorosShell

/// Breakpoints in use by a person, a script, and a program that reads JSON.
@Suite struct BreakpointCommandTests {
  @Test func `every system call of the kernel can have a breakpoint`() throws {
    let folder = packageFolder + "/Sources/CorosKernel/SystemCalls"
    var calls: [String] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let source = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for line in source.split(separator: "\n") {
        if let match = line.wholeMatch(of: /public struct (\w+): SystemCall \{/) {
          calls.append(String(match.1))
        }
      }
    }
    #expect(calls.count >= 19)
    #expect(calls.filter { !EventWords.calls.contains($0) } == [])
    #expect(EventWords.calls.filter { !calls.contains($0) } == [])
  }

  @Test func `every specification in the manual is valid`() throws {
    let session = TestShell()
    session.type("spawn count")
    for keyword in BreakpointSpec.keywords {
      #expect(Commands.Break.manual.details.contains("\n  \(keyword)"), "\(keyword)")
      session.type("break \(keyword)")
      #expect(!session.host.takeErrors().contains("neither a task"), "\(keyword)")
    }
  }

  @Test func `a script stops only at its breakpoints, and fails if their commands fail`() throws {
    let session = TestShell()
    #expect(session.run("spawn count 3\nbreak count\ncontinue\nassert tick == 1\nrun") == 0)
    #expect(session.run("delete all\nspawn count 3\nbreak exit --do 'assert tick == 0'\nrun") == 1)
    let errors = session.host.takeErrors()
    #expect(errors.contains("breakpoint 2:1: `tick == 0` failed"))
    #expect(errors.contains("-c:4: the commands of breakpoint 2 failed"))
    // The session is still usable.
    #expect(session.run("delete all\nrun\nassert count(live) == 0") == 0)
  }

  @Test func `an exit among the commands ends the session`() {
    let session = TestShell()
    #expect(session.run("spawn count 3\nbreak write 2 --do 'exit 5; echo no'\nrun\necho no") == 5)
    #expect(!session.host.output.contains("no\n"))
  }

  @Test func `Ctrl-C ends commands that lead in a circle`() {
    let session = TestShell()
    session.type("spawn spin", "break spin --do 'back; continue'")
    session.host.patience = 50
    session.type("continue")
    #expect(session.shell.variables.status == CommandFailure.interruptedStatus)
    session.host.patience = nil
    #expect(session.type("echo well").hasSuffix("well\n"))
  }

  @Test func `commands that lead in a circle end by themselves`() {
    let session = TestShell()
    session.type("spawn spin", "break spin --do 'back; continue'")
    let seen = session.type("continue")
    #expect(seen.contains("breakpoint 1 has stopped the machine 10000 times in a row"))
    #expect(session.shell.scheduler.now == 1)
  }

  @Test func `commands do not nest, however many stops follow`() throws {
    let session = TestShell()
    session.type("spawn count 3000", "break count --do continue", "continue")
    #expect(session.shell.machine.breakpoints.all.first?.hits == 3001)
    #expect(session.shell.scheduler.liveTaskCount == 0)
  }

  @Test func `live mode pauses at a breakpoint until a command continues it`() throws {
    var settings = Settings()
    settings.isInteractive = true
    let session = TestShell(settings)
    session.type("spawn count 50", "break write 3 --do 'echo there'", "live on 10")
    var time: UInt64 = 1
    var next = LiveNext.after(milliseconds: 1)
    while next != .never, time < 20_000_000_000 {
      next = session.shell.liveSlice(nanoseconds: time)
      time += 100_000_000
    }
    let seen = session.host.takeSeen()
    #expect(seen.contains("breakpoint 1, tick 2: task 1 (count) writes 3\nlive: off"))
    #expect(seen.hasSuffix("there\n"))
    #expect(session.shell.scheduler.now == 3)
    #expect(!session.shell.session.live.isOn)
    session.type("step", "live on 10")
    #expect(session.shell.liveSlice(nanoseconds: time) != .never)
  }

  @Test func `breakpoints survive journeys, branches, a reset and a loaded session`() throws {
    let folder = try TemporaryFolder()
    let session = TestShell()
    session.type("spawn count 5", "break write 4", "step 3", "save \(folder.path)/s.coros")
    session.type("reset")
    #expect(session.type("spawn count 5", "run").contains("breakpoint 1, tick 3"))
    #expect(session.type("back 2", "kill 1", "branch 1", "back 3", "run").contains("tick 3"))
    session.type("load \(folder.path)/s.coros")
    #expect(session.type("run").contains("breakpoint 1, tick 3"))
    // No journal contains them.
    let other = TestShell()
    other.type("load \(folder.path)/s.coros")
    #expect(other.type("breaks").hasPrefix("no breakpoints"))
  }

  @Test func `output of the past is not repeated on the way back, but on the way forward`() {
    let session = TestShell()
    session.type("spawn count 5", "break write 2", "run", "run")
    #expect(!session.type("rcontinue", "rcontinue").contains("[1]"))
    #expect(session.type("run").contains("[1] 2"))
  }

  @Test(arguments: [
    "break write \u{1B}[31m", "break write '\u{202E}'", "break 'a\u{7}b'", "break run '日本'",
    "break call Write '\u{0}'", "watch '\u{9}'", "break when name(1) == '\u{1B}'",
    "break write \(String(repeating: "x", count: 300))",
    "break \(String(repeating: "9", count: 5000))",
    "break run \(String(repeating: "n", count: 9000))",
    "break when \(String(repeating: "(", count: 5000))",
    "watch \(String(repeating: "not ", count: 500)) 1",
  ])
  func `hostile specifications do no harm`(_ line: String) {
    let session = TestShell()
    session.type("spawn count 3")
    session.host.forgetWrites()
    let seen = session.type(line, "breaks", "run", "run", "rcontinue")
    #expect(seen.utf8.count < 6_000)
    #expect(seen.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") })
    #expect(session.shell.brokenInvariants() == [])
  }
}
