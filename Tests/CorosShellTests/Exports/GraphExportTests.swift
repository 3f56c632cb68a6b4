import CorosKernel
import Testing

@testable import CorosFiles
@testable import CorosLanguage
@testable import CorosShell

/// The graph of tasks, in both notations.
@Suite struct GraphExportTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  private static let notations = [("dot", "dot.py"), ("mermaid", "mermaid.py")]

  private func graph(
    _ notation: (format: String, script: String)
  ) throws -> (nodes: [String: String], edges: [String]) {
    let found = try bench.read(notation.format, by: notation.script)
    let edges = try #require(found["edges"] as? [[String]])
    return (
      try #require(found["nodes"] as? [String: String]),
      edges.map { "\($0[0]) \($0[2].isEmpty ? "made" : $0[2]) \($0[1])" }
    )
  }

  @Test(arguments: notations)
  func `it shows which task created which, and which waits for which`(
    _ notation: (format: String, script: String)
  ) throws {
    bench.session.type("spawn circle 2; spawn sleepers 1; spawn patience; step 10")
    let (nodes, edges) = try graph(notation)
    #expect(nodes["t1"] == "1 circle\nwaiting for task 6 to end")
    #expect(edges.contains("t0 made t1") && edges.contains("t1 made t6"))
    #expect(edges.contains("t1 waits for t6") && edges.contains("t6 waits for t1"))
    #expect(edges.contains("t2 waits for any t4"))
    #expect(edges.contains { $0.hasPrefix("t3 waits for, until tick ") && $0.hasSuffix(" t5") })
  }

  @Test(arguments: notations)
  func `tasks that have ended are shown on request`(
    _ notation: (format: String, script: String)
  ) throws {
    bench.session.type("spawn family 2; run")
    #expect(try graph(notation).nodes.keys.sorted() == ["t0"])
    #expect(
      bench.session.shell.execute("export --all --\(notation.format) \(bench.path("all"))") == 0
    )
    let found = try Validator.read(bench.path("all"), by: notation.script)
    #expect((found["nodes"] as? [String: String])?.count == 8)
  }

  @Test(arguments: notations)
  func `names of any kind are preserved`(_ notation: (format: String, script: String)) throws {
    try bench.spawnAwkward()
    bench.session.type("run 40")
    let (nodes, edges) = try graph(notation)
    for (index, name) in ExportBench.awkward.enumerated() {
      let label = try #require(nodes["t\(index + 1)"])
      #expect(label.hasPrefix("\(index + 1) \(excerpt(of: name))\nwaiting for"), "\(label)")
    }
    let channels = Set(nodes.filter { $0.key.hasPrefix("c") }.values)
    #expect(channels == Set(ExportBench.awkward.map { excerpt(of: $0) }))
    #expect(edges.count { $0.contains(" waits on c") } == ExportBench.awkward.count)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `any machine can be drawn`(_ seed: UInt64) throws {
    bench.live(seed: seed)
    for notation in Self.notations { _ = try graph(notation) }
  }

  // The other tests read the language by its grammar, everywhere.
  @Test(.enabled(if: Validator.hasGraphviz, "Graphviz is not installed"))
  func `Graphviz draws it`() throws {
    try bench.spawnAwkward()
    bench.session.type("run 40; spawn circle 3; run 30")
    let path = try bench.export("dot")
    let (status, output) = try Validator.run(["dot", "-Tsvg", "-o", bench.path("svg"), path])
    #expect(status == 0 && output.isEmpty, "\(output)")
    #expect(try FileReader.text(bench.path("svg")).contains("日本語"))
  }
}
