import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

/// What Tab offers at the cursor, which is the broken bar in each line.
@Suite struct CompletionTests {
  private let session = TestShell()

  /// The candidates as inserted, with a dot after incomplete ones.
  private func offered(_ line: String) throws -> [String] {
    let bar = try #require(line.firstIndex(of: "¦"))
    let cursor = line.utf8.distance(from: line.startIndex, to: bar)
    let offer = session.shell.offer(line: line.replacing("¦", with: ""), cursor: cursor)
    return try #require(offer).candidates.map { $0.isComplete ? $0.text : $0.text + "." }
  }

  @Test func `commands come first, also after a semicolon`() throws {
    #expect(try offered("sp¦") == ["spawn"])
    #expect(try offered("st¦") == ["stats", "step", "stepper", "stop"])
    #expect(try offered("ps; ki¦") == ["kill"])
    #expect(try offered("ps && tr¦") == ["trace", "tree"])
    #expect(try offered("ps || 'he¦") == ["'help'"])
    #expect(try offered("¦").count == CommandTable.all.names.count)
    #expect(try offered("qq¦") == [])
  }

  @Test func `the text after the cursor does not matter`() throws {
    #expect(try offered("spa¦ family") == ["spawn"])
  }

  @Test func `programs follow spawn, and commands help`() throws {
    #expect(try offered("spawn c¦") == ["cat", "chat", "circle", "clock", "count", "crash"])
    #expect(try offered("spawn count ¦") == [])
    #expect(try offered("programs fo¦") == ["foreign", "forkbomb"])
    #expect(try offered("help sto¦") == ["stop"])
    #expect(try offered("help step ¦") == [])
  }

  @Test func `live tasks follow kill, each only once`() throws {
    session.type("spawn hello; run; spawn spin; spawn count; spawn spin")
    #expect(try offered("kill ¦") == ["2", "3", "4"])
    #expect(try offered("kill 2 ¦") == ["3", "4"])
    #expect(try offered("wait 3¦") == ["3"])
    #expect(try offered("info ¦") == ["1", "2", "3", "4"])
    #expect(try offered("info 1 ¦") == [])
    let offer = session.shell.offer(line: "stop ", cursor: 5)
    #expect(offer?.candidates.map(\.display) == ["2 spin", "3 count", "4 spin"])
  }

  @Test func `options and words follow the commands that take them`() throws {
    #expect(try offered("ps -¦") == ["-a", "--sort", "-n", "-p"])
    #expect(try offered("ps --sort b¦") == ["blocked"])
    #expect(try offered("timeline --l¦") == ["--lines"])
    #expect(try offered("load --e¦") == ["--edited"])
    #expect(try offered("ps s¦") == ["sleeping", "stopped"])
    #expect(try offered("tree ¦") == ["-a", "-n", "-p"])
    #expect(try offered("trace ¦") == ["on", "off", "show"])
    #expect(try offered("live o¦") == ["on", "off"])
    #expect(try offered("limit ¦") == ["tasks", "output", "handles", "recording"])
    #expect(try offered("policy s¦") == ["sjf", "stcf", "stride"])
    #expect(try offered("policy rr ¦") == ["quantum=.", "ties=running", "ties=arrivals"])
    #expect(try offered("policy rr quantum=2 ¦") == ["ties=running", "ties=arrivals"])
    #expect(try offered("policy rr quantum=2 ties=arrivals ¦") == [])
    #expect(
      try offered("policy mlfq stay=yes ¦").prefix(3) == ["quanta=.", "allotments=.", "boost=."]
    )
    #expect(try offered("policy mlfq s¦") == ["stay=yes", "stay=no"])
    #expect(try offered("policy fifo ¦") == [])
    #expect(try offered("policy nonsense ¦") == [])
    #expect(try offered("assert st¦") == ["state(.", "status(.", "stopped(."])
    #expect(try offered("queue ¦") == ["-n", "-p"])
    #expect(try offered("nonsense ¦") == [])
  }

  @Test func `variables follow a dollar sign, also in braces and quotes`() throws {
    session.type("set worker 1; set work 2; set other 3")
    #expect(try offered("echo $¦") == ["$other", "$work", "$worker"])
    #expect(try offered("kill $wo¦") == ["$work", "$worker"])
    #expect(try offered("echo ${o¦") == ["${other}"])
    #expect(try offered("echo \"all $oth¦") == ["$other"])
    #expect(try offered("echo '$oth¦") == [])
  }

  @Test func `a comment offers nothing`() {
    #expect(session.shell.offer(line: "ps # sp", cursor: 7) == nil)
  }

  @Test func `files and folders follow save`() throws {
    let folder = try TemporaryFolder()
    try folder.write("one.coros", "")
    try folder.write("with space", "")
    try folder.write(".hidden", "")
    try folder.write("it's", "")
    let path = folder.path
    #expect(
      try offered("save \(path)/¦")
        == ["\"\(path)/it's\"", "\(path)/one.coros", "'\(path)/with space'"]
    )
    #expect(try offered("save \(path)/o¦") == ["\(path)/one.coros"])
    #expect(try offered("save \"\(path)/w¦") == ["\"\(path)/with space\""])
    #expect(try offered("save \(path)/.h¦") == ["\(path)/.hidden"])
    #expect(try offered("save \(path)/missing/¦") == [])
    #expect(try offered("save \(path.dropLast(1))¦") == [path + "/."])
  }

  @Test func `files of the right kind follow source, load and asm, if there are any`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.coros", "b.s", "c.jsonl", "d.txt"] { try folder.write(name, "") }
    let path = folder.path
    #expect(try offered("source \(path)/¦") == ["\(path)/a.coros"])
    #expect(try offered("load \(path)/¦") == ["\(path)/a.coros", "\(path)/c.jsonl"])
    #expect(try offered("asm \(path)/¦") == ["\(path)/b.s"])
    #expect(try offered("source \(path)/d¦") == ["\(path)/d.txt"])
  }

  @Test func `filters follow a bar, and programs the bar of spawn`() throws {
    #expect(try offered("ps | ¦") == ["grep", "head", "tail", "count", "sort"])
    #expect(try offered("ps | grep x | t¦") == ["tail"])
    #expect(try offered("ps | grep ¦") == [])
    #expect(try offered("ps || gr¦") == [])
    #expect(try offered("ps | head; sp¦") == ["spawn"])
    #expect(try offered("spawn count 3 | gr¦") == ["grep"])
    #expect(try offered("sp count|ci¦") == ["circle"])
  }

  @Test func `a task is completed by its name, if only one has it`() throws {
    session.type("spawn spin; spawn count; spawn spin")
    #expect(try offered("why co¦") == ["count"])
    #expect(try offered("kill s¦") == ["1", "3"])
    #expect(try offered("kill 1 s¦") == ["3"])
  }

  @Test func `candidates say what they are`() throws {
    session.type("alias ll ps -a; function twice { step 2 }")
    func meanings(_ line: String) -> [String]? {
      session.shell.offer(line: line, cursor: line.utf8.count)?.candidates.map(\.meaning)
    }
    #expect(meanings("clea") == ["clear the screen"])
    #expect(meanings("ll") == ["short for ps -a"])
    #expect(meanings("twi") == ["a function"])
    #expect(meanings("ps | co") == ["how many there are"])
    #expect(meanings("set them")?.first?.contains("projectors") == true)
    #expect(meanings("set theme ")?.count == 3)
    #expect(meanings("policy fif")?.first?.isEmpty == false)
    #expect(meanings("history --t") == ["what you have done to the machine, and when"])
  }

  @Test func `any position of the cursor is allowed`() {
    for cursor in -3...20 {
      _ = session.shell.offer(line: "spawn 日本 \"x", cursor: cursor)
    }
  }
}
