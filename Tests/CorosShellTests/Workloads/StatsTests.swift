import CorosKernel
import Testing

@testable import CorosInsight
@testable import CorosShell

/// The results of `stats`, computed again from which task ran in which tick.
@Suite struct StatsTests {
  /// The facts about a job, from its description and from the trace.
  private struct Recount {
    let arrival: Int
    let ran: [Int]
    /// The ticks in which it does I/O.
    let blocked: Set<Int>

    var end: Int { (ran.last ?? 0) + 1 }
    var response: Int { (ran.first ?? 0) - arrival }
    var turnaround: Int { end - arrival }
    var wait: Int { turnaround - ran.count - blocked.count }

    init(_ job: JobDescription, _ ran: [Int]) {
      arrival = job.arrival
      self.ran = ran
      var blocked: Set<Int> = []
      for (index, tick) in ran.dropLast().enumerated() where job.ioInterval > 0 {
        if (index + 1).isMultiple(of: job.ioInterval) {
          blocked.formUnion(tick + 1...tick + job.ioTime)
        }
      }
      self.blocked = blocked
    }
  }

  @Test(arguments: PolicyChoice.names.filter { $0 != "manual" }, 1...8 as ClosedRange<UInt64>)
  func `each number follows from the trace`(policy: String, seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let workload = RandomWorkload(
      count: 1 + random.next(below: 7),
      seed: seed,
      longest: 12,
      latest: 20,
      longestInterval: 4,
      ioTime: 1 + random.next(below: 6)
    )
    let jobs = workload.jobs()
    let session = TestShell.json()
    session.type("policy \(policy)", "workload " + jobs.map(\.text).joined(separator: " "))
    _ = session.host.takeOutput()
    session.type("trace on; run; stats")
    let lines = try parsedLines(session.host.output)
    let ticks = lines.filter { $0["ran"] != nil || $0["idle"] != nil }
    #expect(ticks.map { $0["tick"] as? Int } == Array(0..<ticks.count))
    let trace = ticks.map { $0["ran"] as? Int }
    let stats = try #require(lines.last)
    let tasks = try #require(stats["tasks"] as? [[String: Any]])
    var counts: [Recount] = []
    for (index, job) in jobs.enumerated() {
      let ran = trace.indices.filter { trace[$0] == index + 1 }
      let count = Recount(job, ran)
      counts.append(count)
      let task = tasks[index]
      #expect(ran.count == job.length)
      #expect((ran.first ?? -1) >= job.arrival)
      #expect(count.blocked.isDisjoint(with: ran))
      #expect(task["arrival"] as? Int == job.arrival)
      #expect(task["first_run"] as? Int == ran.first)
      #expect(task["end"] as? Int == count.end)
      #expect(task["response"] as? Int == count.response)
      #expect(task["turnaround"] as? Int == count.turnaround)
      #expect(task["wait"] as? Int == count.wait)
      #expect(task["run"] as? Int == job.length)
      #expect(task["blocked"] as? Int == count.blocked.count)
    }
    let last = try #require(counts.map(\.end).max())
    #expect(stats["ticks"] as? Int == last)
    #expect(trace.count == last)
    let idle = trace.count { $0 == nil }
    #expect(stats["idle_ticks"] as? Int == idle)
    #expect(stats["cpu_busy"] as? Int == last - idle)
    let ioBusy = counts.reduce(into: Set<Int>()) { $0.formUnion($1.blocked) }.count
    #expect(stats["io_busy"] as? Int == ioBusy)
    let runs = trace.compactMap(\.self)
    #expect(stats["switches"] as? Int == zip(runs, runs.dropFirst()).count { $0 != $1 })
    let (average, maximum) = (
      stats["average"] as? [String: Any], stats["maximum"] as? [String: Any]
    )
    for (key, values) in [
      ("response", counts.map(\.response)), ("turnaround", counts.map(\.turnaround)),
      ("wait", counts.map(\.wait)),
    ] {
      // In hundredths, rounded half up, with whole numbers only.
      let hundredths = (200 * values.reduce(0, +) + values.count) / (2 * values.count)
      let mean = try #require(average?[key] as? Double)
      #expect(Int((mean * 100).rounded()) == hundredths)
      #expect(maximum?[key] as? Int == values.max())
    }
    let shares = counts.map { Double($0.ran.count) / Double($0.ran.count + $0.wait) }
    let sum = shares.reduce(0, +)
    let fairness = sum * sum / (Double(shares.count) * shares.map { $0 * $0 }.reduce(0, +))
    #expect(abs((stats["fairness"] as? Double ?? 0) - fairness) <= 0.000_051)
    let utilisation = Double(last - idle) / Double(last)
    #expect(abs((stats["utilisation"] as? Double ?? 0) - utilisation) <= 0.000_051)
  }

  /// OSTEP's `scheduler.py` and `mlfq.py`.
  @Test(
    arguments: [
      ("rr", "len=10 len=5 len=8", [0, 1, 2], [23, 14, 21], [13, 9, 13]),
      ("rr quantum=3", "len=10 len=5 len=8", [0, 3, 6], [23, 14, 22], [13, 9, 14]),
      ("rr", "at=0,len=3 at=0,len=2", [0, 1], [5, 4], [2, 2]),
      ("fifo", "len=10 len=5 len=8", [0, 10, 15], [10, 15, 23], [0, 10, 15]),
      ("sjf", "len=10 len=5 len=8", [13, 0, 5], [23, 5, 13], [13, 0, 5]),
      (
        "mlfq quanta=5/5/5", "len=20 at=10,len=8,io=3,iotime=4", [0, 0], [28, 16], [8, 0]
      ),
      (
        "mlfq quanta=5/5/5 stay=yes", "len=20 at=10,len=8,io=3,iotime=4", [0, 0], [28, 16], [8, 0]
      ),
      (
        "mlfq quanta=5/5/5 iobump=yes", "len=20 at=10,len=8,io=3,iotime=4", [0, 0], [28, 16],
        [8, 0]
      ),
      ("mlfq quanta=5/5 boost=10", "len=20 len=20", [0, 5], [35, 40], [15, 20]),
    ]
  )
  func `the textbooks' numbers come out`(
    policy: String,
    jobs: String,
    responses: [Int],
    turnarounds: [Int],
    waits: [Int]
  ) throws {
    let session = TestShell.json()
    let lines = try parsedLines(session.type("policy \(policy); workload \(jobs); run; stats"))
    #expect(session.host.errors == "")
    let stats = try #require(lines.last)
    let tasks = try #require(stats["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["response"] as? Int } == responses)
    #expect(tasks.map { $0["turnaround"] as? Int } == turnarounds)
    #expect(tasks.map { $0["wait"] as? Int } == waits)
  }

  @Test func `averages have two decimals, as textbooks print them`() throws {
    let session = TestShell.json()
    for (policy, response, turnaround, wait) in [
      ("fifo", 8.33, 16.0, 8.33), ("sjf", 6.0, 13.67, 6.0), ("rr", 1.0, 19.33, 11.67),
      ("rr quantum=3", 3.0, 19.67, 12.0),
    ] {
      let line = "reset; policy \(policy); workload len=10 len=5 len=8; run; stats"
      let average = try parsedLines(session.type(line)).last?["average"] as? [String: Double]
      #expect(average == ["response": response, "turnaround": turnaround, "wait": wait])
    }
  }

  @Test func `without ended tasks there are no averages`() throws {
    let stats = try #require(try parsedLines(TestShell.json().type("stats")).first)
    for key in ["fairness", "utilisation"] { #expect("\(stats[key] ?? "missing")" == "<null>") }
    #expect(stats["ticks"] as? Int == 0)
  }

  @Test(
    arguments: [
      (0.0, 2, "0.00"), (2.0 / 3, 2, "0.67"), (12.005, 1, "12.0"), (-0.25, 2, "-0.25"),
      (0.00004, 4, "0.0000"),
    ]
  )
  func `numbers are rounded, and keep their zeros`(value: Double, places: Int, text: String) {
    #expect(Rounded(value, places: places).text == text)
    #expect(Rounded(nil, places: places).text == "-")
  }
}
