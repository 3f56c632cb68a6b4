import CorosKernel
import Testing

@testable import CorosShell

@Suite struct StatsExportTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  private func rows() throws -> [[String]] {
    try #require(try bench.read("csv", by: "table.py")["rows"] as? [[String]])
  }

  @Test func `the numbers are those of stats`() throws {
    bench.live(seed: 5)
    let rows = try rows()
    let tasks = Array(bench.session.shell.scheduler.tasks(includingEnded: true))
    #expect(rows.count == tasks.count + 1)
    let now = bench.session.shell.scheduler.now
    for (row, task) in zip(rows.dropFirst(), tasks) {
      let values = Dictionary(uniqueKeysWithValues: zip(rows[0], row))
      #expect(values["tid"] == task.tid.description && values["name"] == task.name)
      #expect(values["state"] == task.state.word)
      #expect(values["run"] == "\(task.accounting.dispatches)")
      #expect(values["wait"] == "\(task.accounting.wait(now: now))")
      #expect(values["blocked"] == "\(task.accounting.blocked(now: now))")
      #expect(values["turnaround"] == (task.accounting.turnaround.map { "\($0)" } ?? ""))
    }
  }

  @Test func `names of any kind are preserved, except for NUL and formulas`() throws {
    try bench.spawnAwkward()
    let names = try rows().dropFirst().map { $0[1] }
    let expected = ExportBench.awkward.map { name in
      let isFormula = name.first.map { "=+-@\t\r".contains($0) } == true
      return (isFormula ? "'" : "") + name.replacing("\0", with: "\u{2400}")
    }
    #expect(names == expected)
    #expect(names.contains("'=1+1"), "a spreadsheet must not compute it")
  }
}
