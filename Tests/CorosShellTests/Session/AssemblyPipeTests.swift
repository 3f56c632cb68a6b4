import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosShell

/// A program in assembly whose lines another program reads.
@Suite(.timeLimit(.minutes(15))) struct AssemblyPipeTests {
  private let folder: TemporaryFolder
  private let session = TestShell.keepingGoing()

  private static let text = """
    .var n
    mov $0, %ax
    .again
    add $1, %ax
    mov %ax, n
    mdump n
    test $30, %ax
    jlt .again
    halt

    """

  init() throws {
    folder = try TemporaryFolder()
    try Self.text.write(toFile: folder.path + "/dump.s", atomically: true, encoding: .utf8)
  }

  @Test func `each line arrives, and a full pipe has the thread wait`() {
    session.type("spawn asm \(folder.path)/dump.s | wc; stop 2; run")
    #expect(session.shell.scheduler.info(1)?.state.word == "waiting")
    #expect(session.type("locks").contains("16 of 16, open"))
    #expect(session.type("step").contains("stopped"))
    session.type("resume 2")
    #expect(session.type("run").contains("lines 30, words 30, characters 111"))
    #expect(session.type("back 9; run").contains("lines 30, words 30, characters 111"))
  }

  @Test func `a line is told with the line of the program that writes it`() {
    session.type("spawn asm \(folder.path)/dump.s | wc")
    #expect(session.type("step 9").contains("line 6: writes \"n=1\""))
  }

  @Test func `without a reader the thread fails, and one that waits for room can be killed`() {
    session.type("spawn asm \(folder.path)/dump.s | wc; step 4; kill 2; run")
    #expect(session.type("ps -a").contains("nobody reads pipe 1 any more"))
    session.type("spawn asm \(folder.path)/dump.s | wc; stop 4; run; kill 3; resume 4")
    #expect(session.type("run").contains("lines 16,"))
  }
}
