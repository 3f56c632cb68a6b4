import CorosKernel
import CorosPrograms
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosInsight
@testable import CorosSession
@testable import CorosShell

/// A host that records the state of the machine at each moment, when the moment is first reached.
final class Photographer: ShellHost {
  weak var shell: Shell?
  private var machine: TimeMachine?
  private(set) var pictures: [Int: [String]] = [:]
  private(set) var output = ""
  var width: Int { 80 }

  func write(_ text: String) { output += text }
  func writeError(_ text: String) {}

  /// Called after each move of a run.
  var isInterrupted: Bool {
    look()
    return false
  }

  func look() {
    guard let shell else { return }
    if machine !== shell.machine {
      machine = shell.machine
      pictures = [:]
    }
    pictures[shell.machine.moment] = shell.picture
  }
}

extension Shell {
  /// The visible state of the machine, and the output of its tasks.
  var picture: [String] {
    let tasks = Array(scheduler.tasks(includingEnded: true))
    return tasks.map { "\($0) \(session.recorders.outputs[$0.tid].map { Array($0.kept) } ?? [])" }
      + [
        "\(scheduler.now) \(scheduler.idleTicks) \(scheduler.switches) \(scheduler.preemptions)",
        "\(scheduler.readyQueue) \(scheduler.waitQueues)",
        "\(scheduler.sliceHolder.map { "\($0)" } ?? "") \(scheduler.nextDeadline ?? -1)",
        "\(scheduler.policyDescription) \(scheduler.seed) \(scheduler.taskLimit)",
        "\(scheduler.hardware) \(scheduler.switchingTicks)",
      ]
  }
}

@Suite struct TravelTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples")

  static let examples =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".coros") }.sorted() ?? []

  /// The policies that choose by themselves.
  static let policies = PolicyChoice.names.filter { $0 != "manual" }

  private func shell(
    _ host: any ShellHost,
    policy: String = "rr",
    isJSON: Bool = false
  ) throws -> Shell {
    var settings = Settings()
    settings.keepsGoing = true
    settings.isJSON = isJSON
    settings.start.policy = try PolicyChoice.parse(option: policy)
    let shell = Shell(catalogue: .builtIn, settings: settings, host: host)
    // A photographer is asked at each moment.
    shell.session.movesBetweenPolls = 1
    return shell
  }

  /// The commands of a script, one per line, with state machines for all programs that have that form.
  private func commands(_ name: String, asMachines: Bool) throws -> [String] {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let words = line.split(separator: " ")
      guard asMachines, words.count > 1, words[0] == "spawn",
        Catalogue.builtIn[String(words[1])]?.forms.contains(.machine) == true
      else { return String(line) }
      return "spawn -m " + words.dropFirst().joined(separator: " ")
    }
  }

  @Test func `there are examples`() {
    #expect(Self.examples.count >= 6)
  }

  /// The lines that tasks have written.
  private func written(in text: Substring) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix("[") }
  }

  @Test(arguments: examples, policies)
  func `every tick of every example is restored`(_ example: String, _ policy: String) throws {
    for asMachines in [false, true] {
      let host = Photographer()
      let shell = try shell(host, policy: policy)
      host.shell = shell
      for line in try commands(example, asMachines: asMachines) {
        shell.execute(line)
        host.look()
      }
      shell.flush()
      let printed = host.output
      let pictures = host.pictures
      var random = RandomSource(seed: 9)
      let moments = (0...shell.machine.lastMoment).shuffled(using: &random)
      for moment in moments.prefix(60) {
        try shell.machine.go(to: moment)
        #expect(shell.picture == pictures[moment], "moment \(moment), \(asMachines)")
        #expect(shell.brokenInvariants() == [])
      }
      #expect(shell.machine.branchCount == 1)
      shell.execute("run")
      shell.flush()
      #expect(host.output.hasPrefix(printed))
      // From there on it is written again as it was, and nothing else.
      let again = written(in: host.output.dropFirst(printed.count))
      #expect(written(in: printed[...]).suffix(again.count) == again[...])
    }
  }

  @Test(arguments: [
    "family 3", "race", "traffic", "sleepers 5", "-m count 9", "circle 3", "dice 9",
  ])
  func `going back is the same as having stopped earlier`(_ program: String) throws {
    var random = RandomSource(seed: 3)
    let total = 24
    for steps in (1..<total).shuffled(using: &random).prefix(6) {
      func listing(_ commands: String) throws -> String {
        let host = RecordingHost()
        let shell = try shell(host, isJSON: true)
        shell.execute("spawn \(program); spawn count 4; \(commands)")
        shell.flush()
        _ = host.takeOutput()
        shell.execute("ps -a; queue; clock")
        shell.flush()
        return host.takeOutput()
      }
      // A program may end before; then there were fewer steps.
      let probe = try shell(RecordingHost())
      probe.execute("spawn \(program); spawn count 4; step \(total)")
      let made = probe.machine.moment
      guard steps < made else { continue }
      #expect(try listing("step \(total); back \(made - steps)") == listing("step \(steps)"))
    }
  }

  @Test func `assert, variables and the repeated step work in the past`() {
    let session = TestShell()
    session.type("spawn count 3", "set x $!", "step 3", "back 2")
    #expect(session.type("assert tick == 1 && assert dispatches($x) == 1").isEmpty)
    session.type("back", "step")
    session.shell.repeatLastMove()
    #expect(session.shell.scheduler.now == 2)
    #expect(session.shell.machine.branchCount == 1)
  }

  @Test func `going somewhere shows nothing, and running shows what is written`() {
    let session = TestShell()
    let first = session.type("spawn count 5", "run")
    #expect(first.contains("[1] 5"))
    #expect(!session.type("back 4", "forward 2", "back 3", "goto 0", "forward 3").contains("[1]"))
    #expect(session.type("run").contains("[1] 5"))
    // On a branch it is another future.
    #expect(session.type("goto 1", "spawn hello", "run").contains("[1] 5"))
  }

  @Test func `a failure is reported again where the future is followed, and not on the way back`() {
    let session = TestShell()
    #expect(session.type("spawn crash", "run").contains("failed"))
    #expect(!session.type("back 1", "forward 1", "back 1").contains("failed"))
    #expect(session.type("run").contains("failed"))
  }

  @Test func `going back ends live mode`() {
    var settings = Settings()
    settings.isInteractive = true
    let session = TestShell(settings)
    session.type("spawn spin", "live on 10")
    _ = session.shell.liveSlice(nanoseconds: 1_000_000_000)
    _ = session.shell.liveSlice(nanoseconds: 2_000_000_000)
    session.type("back 4")
    #expect(session.shell.liveSlice(nanoseconds: 9_000_000_000) == .never)
    #expect(session.shell.scheduler.now == 6)
    session.type("live on 10")
    _ = session.shell.liveSlice(nanoseconds: 10_000_000_000)
    _ = session.shell.liveSlice(nanoseconds: 11_000_000_000)
    #expect(session.shell.scheduler.now == 16)
    #expect(session.shell.machine.branchCount == 1)
  }

  @Test func `a trace shows the past, whether it was on or not, and goes back`() {
    let session = TestShell()
    session.type("spawn count 50", "step 2", "trace on", "step 3")
    let events = session.type("trace show 9")
    session.type("step 2", "back 2")
    #expect(session.type("trace show 9") == events)
    session.type("trace off", "back 5")
    #expect(
      session.type("trace show") == """
        TICK  TASK  WHAT     DETAIL
           0     1  spawned  count, by you

        """
    )
    session.type("forward 5")
    #expect(session.type("trace show 9") == events)
  }

  @Test(arguments: ["run", "wait 1", "continue", "step 4"])
  func `a recorded future shows what is written, as it did`(_ command: String) {
    let session = TestShell()
    session.type("spawn count 3")
    let first = session.type(command)
    #expect(first.contains("[1] 3"))
    session.type("goto 0")
    #expect(session.type(command) == first)
    #expect(session.shell.machine.branchCount == 1)
  }

  @Test func `what you do has a line of its own, with its tick`() {
    let session = TestShell()
    session.type("spawn count 9; spawn spin; trace on; run 3")
    #expect(session.type("kill 2").hasPrefix("tick   3  task 2 (spin) is killed by you\n"))
    session.type("run 1; goto 2")
    #expect(
      session.type("step 2").contains(
        """
        tick   3  task 2 (spin) is killed by you
        tick   3  task 2 (spin) has ended: killed
        tick   3  task 1 (count) writes
        """
      )
    )
  }

  @Test func `a reset begins a new history`() {
    let session = TestShell()
    session.type("spawn count 5", "run", "bookmark end", "back 2", "kill 1", "reset")
    #expect(session.shell.machine.lastMoment == 0)
    #expect(session.type("branches").split(separator: "\n").count == 2)
    #expect(session.type("bookmark").hasPrefix("no bookmarks"))
  }
}
