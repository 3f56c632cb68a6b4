import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

@Suite struct WorkloadTests {
  @Test(
    arguments: [
      ("", "workload needs jobs", 1),
      ("''", "cannot read '': No such file or directory", 10),
      ("at=5", "the job has no length", 10),
      ("at=5,len=0", "len is out of range: '0'", 15),
      ("at=5,len=-3", "len is out of range: '-3'", 15),
      ("len=1000001", "len is out of range: '1000001'", 10),
      ("len=99999999999999999999", "len is out of range: '99999999999999999999'", 10),
      ("len=", "len must be a whole number, not ''", 10),
      ("len=2.5", "len must be a whole number, not '2.5'", 10),
      ("len=3 at=-1,len=2", "at is out of range: '-1'", 16),
      ("len=3 at=1,len=2,io=-1", "io is out of range: '-1'", 27),
      ("len=3,iotime=-1", "iotime is out of range: '-1'", 16),
      ("len=3,tickets=0", "tickets is out of range: '0'", 16),
      ("len=3,nice=20", "nice is out of range: '20'", 16),
      ("len=3,priority=9999999", "priority is out of range: '9999999'", 16),
      ("len=3,name=", "the name is empty", 16),
      ("len=3,len=3", "len is given twice", 16),
      ("len=3,lenn=3", "there is no key 'lenn'", 16),
      ("len=3,io", "'io' is not KEY=VALUE", 16),
      ("len=3 nonsense", "'nonsense' is not KEY=VALUE", 16),
      ("len=3,", "something is missing beside this comma", 15),
      (",len=3", "something is missing beside this comma", 10),
      ("'len=3,len=x'", "len is given twice", 10),
      ("/dev", "cannot read '/dev': Is a directory", 10),
      ("--random", "--random needs a value", 10),
      ("--random 0", "--random is out of range: 0", 19),
      ("--random 3 --random 3", "--random is given twice", 21),
      ("--random 3 --maxlen 0", "--maxlen is out of range: 0", 30),
      ("--random 3 --seed -1", "the seed must be a whole number, not '-1'", 28),
      ("--seed 3", "how many jobs?", 10),
      ("--random 3 len=3", "workload does not take 'len=3' with --random", 21),
      ("--random 1000000", "1000000 tasks would be too many: there is room for 10000", 1),
    ]
  )
  func `an invalid workload is refused at its place, and no task is created`(
    line: String,
    message: String,
    column: Int
  ) throws {
    let session = TestShell.json()
    session.type("workload \(line)")
    let error = try #require(try parsedLines(session.host.errors).first)
    #expect(error["error"] as? String == message)
    #expect(error["column"] as? Int == column)
    #expect(session.shell.scheduler.liveTaskCount == 0)
    #expect(session.shell.scheduler.endedTaskCount == 0)
  }

  @Test func `jobs are tasks, in the order of the line`() throws {
    let session = TestShell.json()
    let lines = try parsedLines(
      session.type("workload at=3,len=2 len=4,name=x at=1,len=1,priority=2,nice=3,tickets=7; ps")
    )
    #expect(lines[0]["tids"] as? [Int] == [1, 2, 3])
    let tasks = try #require(lines[1]["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["name"] as? String } == ["a", "x", "c"])
    #expect(tasks.map { $0["state"] as? String } == ["new", "ready", "new"])
    #expect(
      session.shell.scheduler.info(3)?.parameters
        == SchedulingParameters(priority: 2, tickets: 7, nice: 3, length: 1)
    )
    #expect(session.shell.variables.lastSpawned == 3)
  }

  @Test func `a job can be killed before it arrives, without harm to the others`() throws {
    let session = TestShell()
    session.type("workload at=5,len=2 at=9,len=3", "kill 1", "run")
    #expect(session.shell.scheduler.now == 12)
    #expect(session.shell.scheduler.idleTicks == 9)
    #expect(session.shell.brokenInvariants() == [])
  }

  @Test func `arrivals count from the moment at which the workload is loaded`() throws {
    let session = TestShell()
    session.type("spawn job 7", "run", "workload at=2,len=1 len=1")
    let tasks = Array(session.shell.scheduler.tasks())
    #expect(tasks.map(\.accounting.arrival) == [9, 7])
  }

  @Test func `a job waits after each of its intervals, but not after the last`() throws {
    let session = TestShell.json()
    let lines = try parsedLines(session.type("workload len=6,io=2,iotime=3; trace on; run; stats"))
    let idle = lines.filter { $0["idle"] != nil }.compactMap { $0["tick"] as? Int }
    #expect(idle == [2, 3, 4, 7, 8, 9])
    #expect(lines.last?["ticks"] as? Int == 12)
    #expect(lines.last?["io_busy"] as? Int == 6)
  }

  @Test func `each tick is traced once, whatever command runs it`() throws {
    let session = TestShell.json()
    session.type("workload at=3,len=2,io=1,iotime=4 at=20,len=3; spawn clock 30 1")
    session.type("trace on; step 2; run 2; wait 1; run 7; step; wait 2; run 1000; run")
    let ticks = try parsedLines(session.host.output).filter {
      $0["ran"] != nil || $0["idle"] != nil
    }
    #expect(ticks.map { $0["tick"] as? Int } == Array(0..<session.shell.scheduler.now))
    #expect(ticks.count { $0["idle"] != nil } == session.shell.scheduler.idleTicks)
    #expect(ticks.allSatisfy { ($0["ran"] == nil) != ($0["idle"] == nil) && $0.keys.count == 2 })
  }

  @Test func `a trace of a long idle time can be interrupted`() {
    let session = TestShell.json()
    session.type("workload at=1000000000,len=1; trace on")
    session.host.patience = 3
    session.type("run")
    #expect(session.host.output.utf8.count < 200_000)
    #expect(session.shell.variables.status == 130)
  }

  @Test func `drawn jobs are always the same, and can be typed again`() throws {
    let session = TestShell()
    let text = session.type(
      "workload --random 4 --seed 7 --maxlen 20 --maxat 9 --maxio 4 --iotime 2"
    )
    let line = try #require(text.split(separator: "\n").first)
    #expect(
      line
        == "workload at=0,len=8,io=4,iotime=2 at=4,len=12,io=1,iotime=2 at=3,len=10 at=1,len=9,io=4,iotime=2"
    )
    let again = TestShell()
    again.type(String(line))
    let first = Array(session.shell.scheduler.tasks())
    let second = Array(again.shell.scheduler.tasks())
    #expect(first == second)
    let other = TestShell()
    other.type("seed 7", "workload --random 4 --maxlen 20 --maxat 9 --maxio 4 --iotime 2")
    #expect(Array(other.shell.scheduler.tasks()) == first)
  }

  @Test func `drawn numbers are within their bounds, and reach them`() {
    let jobs = RandomWorkload(count: 2_000, seed: 1, longest: 4, latest: 3, longestInterval: 2)
      .jobs()
    #expect(Set(jobs.map(\.length)) == [1, 2, 3, 4])
    #expect(Set(jobs.map(\.arrival)) == [0, 1, 2, 3])
    #expect(Set(jobs.map(\.ioInterval)) == [0, 1, 2])
  }

  @Test func `default names are letters, and after z two of them`() {
    #expect(
      [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letters) == [
        "a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa",
      ]
    )
  }

  // MARK: Files

  @Test func `a file has one job per line, with comments and blank lines`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "jobs.txt",
      "\u{FEFF}# a comment\r\n\n  at=0,len=3   # the first\r\n\t\nlen=2,name=second"
    )
    let session = TestShell()
    session.type("workload \(quoted(path))")
    #expect(session.host.errors == "")
    let tasks = Array(session.shell.scheduler.tasks())
    #expect(tasks.map(\.name) == ["a", "second"])
    #expect(tasks.map(\.parameters.length) == [3, 2])
  }

  @Test(
    arguments: [
      ("len=3\n\n  len=4,io=x # no\n", 3, 9, "io must be a whole number, not 'x'"),
      ("len=3 len=4\n", 1, 1, "len must be a whole number, not '3 len=4'"),
      ("len=3\nat=2\n", 2, 1, "the job has no length"),
      ("workload len=3\n", 1, 1, "there is no key 'workload len'"),
      ("len=3\nlen=\u{0}\n", 2, 1, "len must be a whole number, not '␀'"),
    ]
  )
  func `an error in a file names the file, the line and the place`(
    text: String,
    line: Int,
    column: Int,
    message: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("jobs.txt", text)
    let session = TestShell.json()
    session.type("workload \(quoted(path))")
    let error = try #require(try parsedLines(session.host.errors).first)
    #expect(error["error"] as? String == message)
    #expect(error["file"] as? String == path)
    #expect(error["line"] as? Int == line)
    #expect(error["column"] as? Int == column)
    #expect(session.shell.scheduler.liveTaskCount == 0)
  }

  @Test func `an error in a file is shown with the file's line`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("jobs.txt", "len=3\nlen=4,io=x # no\n")
    let session = TestShell()
    let text = session.type("workload \(quoted(path))")
    #expect(
      text == """
        \(path):2: io must be a whole number, not 'x'
          len=4,io=x # no
                ^^^^
          hint: io is from 0 to 1000000

        """
    )
  }

  @Test func `files without a workload are refused`() throws {
    let folder = try TemporaryFolder()
    let cases: [(bytes: [UInt8], message: String)] = [
      (Array("# nothing\n".utf8), "there is no job in"),
      ([], "there is no job in"),
      ([0x6C, 0xFF, 0x0A], "this line is not UTF-8, from byte 2 on"),
      ([UInt8](repeating: 0x61, count: 100_000), "this line is longer than 4096 bytes"),
      (
        Array(String(repeating: "len=1\n", count: 10_001).utf8),
        "more jobs than the limit of 10000 tasks"
      ),
    ]
    for (index, (bytes, message)) in cases.enumerated() {
      let path = try folder.write("jobs\(index).txt", bytes: bytes)
      let session = TestShell()
      let text = session.type("workload \(quoted(path))")
      #expect(text.contains(message), "\(text)")
      #expect(session.shell.scheduler.liveTaskCount == 0)
    }
    #expect(TestShell().type("workload /dev/zero").contains("is a device, not a file of jobs"))
  }

  @Test(arguments: [
    #"workload len=1,name="a, b""#, #"workload 'len=1,name="a, b"'"#,
    #"workload name="a, b",len=1"#, #"workload 'name="a, b",len=1'"#,
  ])
  func `a quoted name may have commas`(_ line: String) {
    let session = TestShell()
    session.type(line)
    #expect(session.shell.scheduler.info(1)?.name == "a, b")
    let text = session.shell.session.madeTasks.first.map(\.recipe.name)
    #expect(text == "a, b" && session.host.errors.isEmpty)
  }

  @Test(arguments: [
    #"'len=1,name="a'"#, #"'len=1,name="a"b'"#, #"'len=1,name="a"b"'"#, #"'name=",len=1'"#,
  ])
  func `quotes that do not match are refused`(_ job: String) {
    let session = TestShell()
    session.type("workload \(job)")
    #expect(session.host.errors.contains("the quotes of name do not end"))
    #expect(session.shell.scheduler.liveTaskCount == 0)
  }

  @Test func `a job with a comma in its name is shown as it is typed`() throws {
    for name in ["a,b", "\"", "a\"b,c", "\"a\"", "x"] {
      var job = JobDescription(length: 3)
      job.name = name
      #expect(try JobDescription(parsing: job.text).name == name)
    }
  }
}
