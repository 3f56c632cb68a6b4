import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosFiles
@testable import CorosHistory
@testable import CorosSession
@testable import CorosShell

/// Scripts of strangers, as graders run them.
@Suite struct SandboxTests {
  private let folder: TemporaryFolder
  private let session: TestShell

  init() throws {
    folder = try TemporaryFolder()
    var settings = Settings()
    settings.isSandboxed = true
    session = TestShell(settings)
    try folder.write("journal", "coros journal 1\nseed 7\npolicy rr quantum=1\nlimit tasks 10\n")
    try folder.write("script", "spawn count")
    try folder.write("jobs", "len=3")
    try folder.write("schedule", "schedule1@0@rr:quantum=1@1x2")
  }

  @Test(arguments: [
    "save FOLDER/new", "save --force FOLDER/journal", "load FOLDER/journal", "source FOLDER/script",
    "workload FOLDER/jobs", "replay FOLDER/schedule", "diff branch:1 FOLDER/journal",
    "diff FOLDER/schedule branch:1", "timeline --svg FOLDER/new", "load /no/such/file",
  ])
  func `no command reads or writes a file`(_ line: String) throws {
    session.type("spawn count 2; run")
    let before = session.shell.machine.journal
    #expect(session.shell.execute(line.replacing("FOLDER", with: folder.path)) == 1)
    let said = session.type()
    #expect(said.contains("a sandbox has no files") && said.contains("--sandbox"))
    #expect(session.shell.machine.journal == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["jobs", "journal", "schedule", "script"])
    #expect(try FileReader.text(folder.path + "/journal").hasPrefix("coros journal 1\nseed 7"))
  }

  @Test func `commands without files work as usual`() {
    #expect(session.run("workload len=2 len=1; run; timeline; diff branch:1 policy:fifo") == 0)
  }

  @Test func `Tab does not offer the names of files`() {
    let line = "load \(folder.path)/"
    #expect(session.shell.offer(line: line, cursor: line.utf8.count)?.candidates.isEmpty == true)
    #expect(TestShell().shell.offer(line: line, cursor: line.utf8.count)?.candidates.count == 4)
  }
}
