import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosShell

@Suite struct ProcsTests {
  private struct Outcome: Equatable {
    /// Which process ran in each tick, from 0; nil for none.
    var trace: [Int?]
    var ticks: Int
    var cpuBusy: Int
    var ioBusy: Int
  }

  /// Runs processes through the shell, and parses its output.
  private func run(_ line: String) throws -> Outcome {
    let session = TestShell.json()
    session.type("trace on", "procs \(line)", "run", "stats")
    var trace: [Int?] = []
    var stats: ParsedLine?
    for line in session.host.output.split(separator: "\n") {
      if line.hasPrefix("{\"tick\":\(trace.count),\"idle\":true}") {
        trace.append(nil)
      } else if line.hasPrefix("{\"tick\":\(trace.count),\"ran\":") {
        let digits = line.drop { $0 != "n" }.filter(\.isNumber)
        trace.append(try #require(Int(digits)) - 1)
      } else {
        #expect(!line.hasPrefix("{\"tick\""), "a tick out of turn: \(line)")
        if line.contains("\"stats\"") { stats = try ParsedLine(line) }
      }
    }
    #expect(session.host.errors == "")
    let found = try #require(stats)
    return Outcome(
      trace: trace,
      ticks: try #require(found["ticks"] as? Int),
      cpuBusy: try #require(found["cpu_busy"] as? Int),
      ioBusy: try #require(found["io_busy"] as? Int)
    )
  }

  @Test(
    arguments: [
      ("c4:i", 11, 6, 5),
      ("i:c4", 7, 6, 5),
      ("i:c4 switch=end", 11, 6, 5),
      ("i,i,i:c5:c5:c5", 31, 21, 15),
      ("i,i,i:c5:c5:c5 wake=immediate", 21, 21, 15),
    ]
  )
  func `the textbook's processes take the textbook's ticks`(
    line: String,
    ticks: Int,
    cpu: Int,
    io: Int
  ) throws {
    let outcome = try run(line)
    #expect(outcome.ticks == ticks)
    #expect(outcome.cpuBusy == cpu)
    #expect(outcome.ioBusy == io)
  }

  @Test func `the simulator gives the textbook's totals, too`() {
    var simulator = ProcessSimulator(
      bursts: [[nil, nil, nil], [5], [5], [5]],
      ioTime: 5,
      switchesOnEnd: false,
      runsImmediately: false
    )
    simulator.run()
    #expect(simulator.trace.count == 31)
    #expect(simulator.cpuBusy == 21 && simulator.ioBusy == 15)
  }

  @Test(arguments: [false, true], [false, true])
  func `random processes run tick for tick by the rules`(
    switchesOnEnd: Bool,
    runsImmediately: Bool
  ) throws {
    var random = RandomSource(seed: 45)
    for round in 0..<1_000 {
      let bursts = (0...random.next(below: 5)).map { _ in
        (0...random.next(below: 4)).map { _ -> Int? in
          random.next(below: 2) == 0 ? nil : random.next(below: 7)
        }
      }
      let ioTime = random.next(below: 9)
      var simulator = ProcessSimulator(
        bursts: bursts,
        ioTime: ioTime,
        switchesOnEnd: switchesOnEnd,
        runsImmediately: runsImmediately
      )
      simulator.run()
      let list = bursts.map { process in
        process.map { $0.map { "c\($0)" } ?? "i" }.joined(separator: ",")
      }.joined(separator: ":")
      let line =
        "\(list) iotime=\(ioTime) switch=\(switchesOnEnd ? "end" : "io") "
        + "wake=\(runsImmediately ? "immediate" : "later")"
      let expected = Outcome(
        trace: simulator.trace,
        ticks: simulator.trace.count,
        cpuBusy: simulator.cpuBusy,
        ioBusy: simulator.ioBusy
      )
      let outcome = try run(line)
      #expect(outcome == expected, "round \(round): procs \(line)")
      if outcome != expected { return }
    }
  }

  @Test(
    arguments: [
      ("", "procs needs processes", 1),
      ("''", "this is not a process", 7),
      (":", "something is missing beside this separator", 7),
      ("c3:", "something is missing beside this separator", 9),
      ("c3,,i", "something is missing beside this separator", 9),
      (
        "c3,i:x:i", "'x' is neither cN, for N ticks of CPU from 0 to 1000000, nor i, for an I/O", 12
      ),
      ("c-1", "'c-1' is neither cN, for N ticks of CPU from 0 to 1000000, nor i, for an I/O", 7),
      ("c3 c99999999999999999999", "", 10),
      ("c3 i io", "", 12),
      ("c3 iotime=-1", "IOTIME must be a whole number from 0 to 1000000, not '-1'", 10),
      ("c3 iotime=", "IOTIME must be a whole number from 0 to 1000000, not ''", 10),
      ("c3 iotime=1 iotime=1", "iotime is given twice", 19),
      ("c3 switch=", "switch must be io or end, not ''", 10),
      ("c3 wake=now", "wake must be later or immediate, not 'now'", 10),
      ("c3 wake=later wake=later", "wake is given twice", 21),
      ("c3 nonsense=1", "'nonsense=1' is not a setting of procs", 10),
      ("switch=end", "procs needs processes", 1),
    ]
  )
  func `an invalid process is refused, and no task is created`(
    line: String,
    message: String,
    column: Int
  ) throws {
    let session = TestShell.json()
    session.type("procs \(line)")
    let error = try #require(try parsedLines(session.host.errors).first)
    if !message.isEmpty { #expect(error["error"] as? String == message) }
    #expect(error["column"] as? Int == column)
    #expect(error["hint"] as? String != nil)
    #expect(session.shell.scheduler.liveTaskCount == 0)
    #expect(session.shell.scheduler.policyDescription == "rr quantum=1")
  }

  @Test func `more processes than the task limit allows are refused as a whole`() throws {
    let session = TestShell()
    session.type("limit tasks 2; spawn spin")
    let text = session.type("procs c1:c1")
    #expect(text.contains("2 tasks would be too many: there is room for 1"))
    #expect(session.shell.scheduler.liveTaskCount == 1)
    #expect(session.shell.scheduler.policyDescription == "rr quantum=1")
  }

  @Test func `processes can be killed, stopped and stepped like any task`() throws {
    let session = TestShell()
    session.type("procs i,c3:c2,i:c4 switch=end", "step")
    session.type("kill 1", "step", "stop 2", "step 2", "resume 2", "run")
    #expect(session.shell.brokenInvariants() == [])
    #expect(session.shell.scheduler.liveTaskCount == 0)
    #expect(session.shell.scheduler.info(2)?.accounting.dispatches == 4)
    #expect(session.shell.scheduler.info(3)?.accounting.dispatches == 4)
  }
}
