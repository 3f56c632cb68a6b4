import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosSession
@testable import CorosShell

@Suite struct CompareTests {
  private func results(_ session: TestShell, _ line: String) throws -> [[String: Any]] {
    _ = session.host.takeOutput()
    session.type(line)
    let answer = try #require(try parsedLines(session.host.takeOutput()).last)
    return try #require(answer["results"] as? [[String: Any]], "\(session.host.errors)")
  }

  /// The keys that `stats` has as well, as one comparable text.
  private func shared(_ values: [String: Any]) -> [String] {
    ["average", "maximum", "ticks", "switches", "fairness", "utilisation", "preemptions"]
      .map { key in
        if let object = values[key] as? [String: Any] {
          return key + object.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined()
        }
        return "\(key)=\(values[key] ?? "missing")"
      }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `each policy gives the same result as alone from the start`(seed: UInt64) throws {
    let policies = PolicyChoice.names.filter { $0 != "manual" }
    let workload = "workload --random 6 --seed \(seed) --maxlen 15 --maxat 12 --maxio 4"
    let session = TestShell.json()
    session.type("seed \(seed)", workload, "run \(seed * 3)")
    let words = policies.map { $0.replacing(" ", with: ":") }
    let found = try results(session, "compare " + words.joined(separator: " "))
    #expect(found.map { $0["policy"] as? String } == words)
    for (policy, result) in zip(policies, found) {
      let alone = TestShell.json()
      alone.type("seed \(seed)", "policy \(policy)", workload, "run")
      _ = alone.host.takeOutput()
      alone.type("stats")
      let stats = try #require(try parsedLines(alone.host.output).last)
      #expect(shared(result) == shared(stats.members), "\(policy)")
      #expect(result["stopped"] as? String == "all finished")
    }
  }

  @Test func `programs run again with their arguments, at their original arrivals`() throws {
    let session = TestShell.json()
    session.type("seed 5; spawn dice 9; spawn family 2; run 4; spawn -m count 5; run 3; spawn race")
    _ = session.host.takeOutput()
    session.type("run; stats")
    let stats = try #require(try parsedLines(session.host.output).last)
    let result = try #require(try results(session, "compare rr").first)
    #expect(shared(result) == shared(stats.members))
  }

  @Test func `what you did is done again, at its tick`() throws {
    let session = TestShell.json()
    session.type(
      "workload len=9 len=5 at=2,len=4,io=1; run 3; kill 1; run 4; stop 2; nice 3 5; run"
    )
    session.type("resume 2; spawn -m count 3; run")
    _ = session.host.takeOutput()
    session.type("stats")
    let stats = try #require(try parsedLines(session.host.output).last)
    let found = try results(session, "compare rr fifo")
    #expect(shared(try #require(found.first)) == shared(stats.members))
    #expect(found.allSatisfy { ($0["left_out"] as? [String])?.isEmpty == true })
    #expect(found.last?["ticks"] as? Int != nil)
  }

  @Test func `what cannot be done under a policy is named`() throws {
    let session = TestShell()
    session.type("limit tasks 2; workload len=3 len=9; run 6; spawn -m count 2; run")
    let text = session.type("compare rr fifo sjf")
    #expect(!text.contains("left out under rr"))
    let other = TestShell()
    other.type("limit tasks 2; workload len=3 len=9; policy sjf; run 4; spawn -m count 2; run")
    #expect(other.type("compare sjf fifo").contains("left out") == false)
    #expect(other.type("compare rr").contains("left out under rr: `spawn -m count 2` was refused"))
  }

  @Test func `parameters changed since the creation apply`() throws {
    let session = TestShell.json()
    session.type("workload len=4 len=4")
    try session.shell.machine.perform(SetPriority(9, of: 2))
    let result = try #require(try results(session, "compare priority").first)
    // The second runs first: the first waits for it.
    #expect((result["maximum"] as? [String: Any])?["response"] as? Int == 4)
    #expect(session.shell.session.madeTasks.map(\.tid) == [1, 2])
  }

  @Test(arguments: [false, true])
  func `the machine does not change, and nothing is printed`(isJSON: Bool) {
    let look = "ps -a; queue; clock; stats; seed; policy; trace show 1000; tree"
    let session = isJSON ? TestShell.json() : TestShell()
    session.type("trace on; workload len=9 at=3,len=4,io=1; spawn count 5; spawn dice 3; step 7")
    let before = session.type(look)
    let text = session.type("compare rr rr:quantum=4 procs")
    #expect(!text.contains("[3]") && !text.contains("\"output\""))
    #expect(session.type(look) == before)
    #expect(session.shell.brokenInvariants() == [])
  }

  @Test func `a run without an end is limited, and marked`() throws {
    let session = TestShell.json()
    session.type("spawn spin; workload len=4")
    let found = try results(session, "compare --ticks 50 rr procs")
    #expect(found.map { $0["stopped"] as? String } == ["limit", "limit"])
    #expect(found.map { $0["ticks"] as? Int } == [50, 50])
    let text = TestShell()
    text.type("spawn spin; workload len=4")
    let table = text.type("compare --ticks 50 rr")
    #expect(table.contains("† rr: stopped at the limit of 50 ticks, with 1 task alive"))
    #expect(!table.contains("*"))
  }

  @Test func `a deadlock is not a failure of the comparison`() throws {
    let session = TestShell.json()
    session.type("spawn circle")
    let found = try results(session, "compare rr")
    #expect(found.first?["stopped"] as? String == "deadlock")
    #expect(session.shell.variables.status == 0)
    let text = TestShell()
    #expect(text.type("spawn circle; compare rr").contains("† rr: deadlock at tick"))
  }

  @Test func `the best of a column is marked, all of them if they are equal`() throws {
    let session = TestShell()
    session.type("workload len=10 len=5 len=8")
    let lines = session.type("compare rr rr:quantum=100").split(separator: "\n")
    func cells(_ line: Int) -> [Substring] { lines[line].split(separator: " ") }
    #expect(cells(1) == ["rr", "*1.00", "19.33", "11.67", "*0.9931", "*23", "21"])
    #expect(cells(2) == ["rr:quantum=100", "8.33", "*16.00", "*8.33", "0.7646", "*23", "*2"])
    #expect(lines[3] == "* the best of its column")
  }

  @Test func `Ctrl-C ends a comparison`() {
    let session = TestShell()
    session.type("spawn spin")
    session.host.patience = 499
    let text = session.type("compare rr rr:quantum=2")
    #expect(text == "interrupted at tick 500 under rr\n")
    #expect(session.shell.variables.status == 130)
  }

  @Test(
    arguments: [
      ("compare rr", "there is nothing to compare: no task has been made", 1),
      ("workload len=3; compare", "compare needs policies", 17),
      ("workload len=3; compare rrr", "there is no policy 'rrr'", 25),
      ("workload len=3; compare rr rr:quantum=0", "", 31),
      ("workload len=3; compare rr:quantum=2,,foo=1", "", 39),
      ("workload len=3; compare rr:", "", 0),
      ("workload len=3; compare --ticks", "--ticks needs a number", 25),
      (
        "workload len=3; compare --ticks x rr",
        "the number of ticks must be a whole number, not 'x'", 33
      ),
      (
        "workload len=3; reset; compare rr", "there is nothing to compare: no task has been made",
        24
      ),
    ]
  )
  func `a wrong comparison is refused at its place`(
    line: String,
    message: String,
    column: Int
  ) throws {
    let session = TestShell.json()
    session.type(line)
    guard column > 0 else { return #expect(session.host.errors == "") }
    let error = try #require(try parsedLines(session.host.errors).first)
    if !message.isEmpty { #expect(error["error"] as? String == message) }
    #expect(error["column"] as? Int == column)
  }

  @Test func `a fork bomb is contained, and its tasks go away`() throws {
    var settings = Settings()
    settings.start.taskLimit = 30
    settings.isJSON = true
    let session = TestShell(settings)
    session.type("spawn forkbomb; spawn foreign; spawn crash")
    let found = try results(session, "compare --ticks 2000 rr rr:quantum=3")
    #expect(found.map { $0["ticks"] as? Int } == [2_000, 2_000])
    #expect(session.shell.scheduler.now == 0)
  }
}
