import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosHistory
@testable import CorosSession
@testable import CorosShell

/// Stops forward and backward over the whole history of the examples.
@Suite struct ExampleStopsTests {
  private static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: packageFolder + "/Examples"))?
    .filter { $0.hasSuffix(".coros") }.sorted() ?? []

  private static let specs = [
    "break 2", "break run count", "break spawn", "break call Sleep", "break call WaitTask",
    "break exit", "break exit killed", "break kill", "break write e", "break state 1 ready",
    "break state 2 waiting", "break state 1 running", "break tick 17", "break deadlock",
    "break when count(ready) > 2", "watch count(live)", "watch state(2)", "watch dispatches(1)",
  ]

  /// An example, with its tasks in one of the two forms, at the end of its past.
  private func session(_ name: String, asMachines: Bool) throws -> TestShell {
    let session = TestShell.keepingGoing()
    var text = try String(contentsOfFile: packageFolder + "/Examples/" + name, encoding: .utf8)
    if asMachines { text = text.replacingOccurrences(of: "spawn ", with: "spawn -m ") }
    _ = session.run(text)
    return session
  }

  private func sentences(_ stop: BreakpointStop, _ shell: Shell) -> [String] {
    shell.session.note(stop).hits.map {
      "\(stop.moment) \($0.hit.breakpoint) \($0.hit.tick) \($0.text)"
    }
  }

  @Test(arguments: names, [false, true])
  func
    `the stops of an example are the same in both directions, one kind at a time and all at once`(
      _ name: String,
      _ asMachines: Bool
    ) throws
  {
    let session = try session(name, asMachines: asMachines)
    let shell = session.shell
    let end = shell.machine.lastMoment
    for specs in Self.specs.map({ [$0] }) + [Self.specs] {
      session.type("delete all")
      for spec in specs { session.type(spec) }
      #expect(shell.machine.breakpoints.all.count == specs.count)
      try shell.machine.go(to: 0)
      var forth: [[String]] = []
      while shell.machine.moment < end,
        case .breakpoint = shell.machine.run(until: { _ in shell.machine.moment == end }),
        let stop = shell.machine.stop
      {
        forth.append(sentences(stop, shell))
      }
      try shell.machine.go(to: end)
      // No way back stops at the last moment itself.
      var back = shell.machine.stop.map { [sentences($0, shell)] } ?? []
      if forth.last?.first?.hasPrefix("\(end) ") == true { back = forth.suffix(1) }
      while case .breakpoint(let stop) = try shell.machine.runBack() {
        back.append(sentences(stop, shell))
      }
      #expect(forth == back.reversed(), "\(specs)")
      #expect(shell.machine.moment == 0)
      if specs.count > 1, end > 0 { #expect(!forth.isEmpty) }
    }
    #expect(shell.brokenInvariants() == [])
  }

  @Test(arguments: names)
  func `a breakpoint does not change the output of an example`(_ name: String) throws {
    let plain = try session(name, asMachines: false)
    let text = try String(contentsOfFile: packageFolder + "/Examples/" + name, encoding: .utf8)
    let stopped = TestShell.keepingGoing()
    // A watchpoint whose hits are always ignored is evaluated at every step.
    for spec in Self.specs { stopped.type("\(spec) --ignore 1000000000") }
    stopped.host.takeOutput()
    _ = stopped.run(text)
    #expect(stopped.host.takeOutput() == plain.host.takeOutput())
  }
}
