import CorosKernel
import Testing

@testable import CorosShell

/// What tasks share, in graphs and traces.
@Suite struct SharingExportTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  /// A task waits for an object of each kind; a mutex and a lock of readers are held.
  private func shareEverything() {
    let lines = """
      mutex m, k
      condition c on k
      semaphore s = 0
      event go
      rwlock table
      channel line
      barrier door 2
      program holder { lock m; rlock table; sleep 90 }
      program a { lock m }
      program b { wlock table }
      program d { down s }
      program e { wait go }
      program f { var x = 0; receive line x }
      program g { arrive door }
      program h { lock k; wait c }
      spawn holder; step 3
      spawn a; spawn b; spawn d; spawn e; spawn f; spawn g; spawn h
      run 30
      """
    for line in lines.split(separator: "\n") { bench.session.type(String(line)) }
  }

  @Test(arguments: [("dot", "dot.py"), ("mermaid", "mermaid.py")])
  func `a graph has a node for each object, an edge to it, and one to who holds it`(
    _ notation: (format: String, script: String)
  ) throws {
    shareEverything()
    let found = try bench.read(notation.format, by: notation.script)
    let nodes = try #require(found["nodes"] as? [String: String])
    let objects = [
      "m\nmutex", "table\nrwlock", "s\nsemaphore", "go\nevent", "line\nchannel", "door\nbarrier",
      "c\ncondition",
    ]
    #expect(Set(nodes.filter { $0.key.hasPrefix("o") }.values) == Set(objects))
    func node(_ label: String) -> String { nodes.first { $0.value == label }?.key ?? "" }
    let edges = try #require(found["edges"] as? [[String]]).filter { !$0[2].isEmpty }
    var expected = Set(
      zip(2...8, objects).map { task, object in
        let purpose = ["table\nrwlock": ", to write", "line\nchannel": ", to receive"][object]
        return ["t\(task)", node(object), "waits for" + (purpose ?? "")]
      }
    )
    expected.insert([node(objects[0]), "t1", "held by"])
    expected.insert([node(objects[1]), "t1", "held by, to read"])
    #expect(Set(edges) == expected)
  }

  /// The slices of the track of an object: who held it, in order.
  private func holds(_ object: String) throws -> [(holder: String, from: Int, to: Int)] {
    let found = try bench.read("perfetto", by: "trace.py")
    let all = try #require(found["holds"] as? [[Any]])
    return all.filter { $0[0] as? String == object }
      .map { ($0[1] as? String ?? "", $0[2] as? Int ?? -1, $0[3] as? Int ?? -1) }
      .sorted { $0.from < $1.from }
  }

  @Test func `a trace has a track for each lock, with who held it and how long`() throws {
    bench.session.type("mutex m; rwlock table; semaphore s = 1")
    bench.session.type("program a { lock m; sleep 5; unlock m }")
    bench.session.type("program r(n) { rlock table; sleep n; unlock table }")
    bench.session.type("spawn a; spawn a; spawn r 3; spawn r 9; run")
    let mutex = try holds("m")
    #expect(mutex.map(\.holder) == ["1 a", "2 a"])
    // It is handed over: there is no tick between the two.
    #expect(mutex[0].to == mutex[1].from && mutex[1].to > mutex[1].from)
    #expect(try holds("table").map(\.holder) == ["3 r", "3 r, 4 r", "4 r"])
    #expect(try holds("s").isEmpty)
  }

  @Test func `a lock that is still held, or was left behind, ends with the trace`() throws {
    bench.session.type("mutex m, n; program a { lock m; lock n; sleep 90 }")
    bench.session.type("spawn a; run 9; kill 1; spawn a; run 9")
    let now = bench.session.shell.scheduler.now
    for name in ["m", "n"] {
      let slices = try holds(name)
      #expect(slices.map(\.holder) == ["1 a", "2 a"])
      #expect(slices.last?.to == now)
    }
  }
}
