/// A small program in another language that does the same work as one of our measures.
struct Peer: Sendable {
  /// The name, as in `yield/go`.
  let name: String
  /// The kinds of measures that it implements.
  var kinds = ["yield", "spawn"]
  /// The tool that must be installed.
  let tool: String
  /// The command that compiles it; nil if it needs none.
  var build: @Sendable (_ source: String, _ executable: String) -> [String]? = { _, _ in nil }
  /// The command that runs the program.
  var run: @Sendable (_ program: String) -> [String] = { [$0] }
  let source: String

  /// The kinds of measures that peers implement.
  static let kinds = ["yield", "spawn", "lock", "meet", "buffer", "mail"]

  /// All peers.
  static let all: [Peer] = [
    Peer(
      name: "c++20",
      tool: "g++",
      build: { ["g++", "-O2", "-std=c++20", "-o", $1, $0] },
      source: "coroutines.cpp"
    ),
    Peer(
      name: "go",
      kinds: kinds.filter { $0 != "mail" },
      tool: "go",
      build: { ["go", "build", "-o", $1, $0] },
      source: "goroutines.go"
    ),
    Peer(name: "lua", tool: "lua5.4", run: { ["lua5.4", $0] }, source: "coroutines.lua"),
    Peer(name: "node-generators", tool: "node", run: { ["node", $0] }, source: "generators.js"),
    Peer(name: "node-async", tool: "node", run: { ["node", $0] }, source: "async.js"),
    Peer(
      name: "erlang",
      kinds: ["yield", "spawn", "mail"],
      tool: "erl",
      build: { source, _ in ["erlc", "-o", folder(of: source), source] },
      run: { program in
        // One scheduler, as with the other peers; and room for a million processes.
        let options = ["-noshell", "+S", "1", "+P", "2000000", "-pa", folder(of: program)]
        return ["erl"] + options + ["-s", "processes", "main", "-extra"]
      },
      source: "processes.erl"
    ),
    Peer(
      name: "asyncio",
      kinds: ["yield", "spawn", "lock"],
      tool: "python3",
      run: { ["python3", $0] },
      source: "asyncio_tasks.py"
    ),
    python("trio"),
    python("curio"),
    Peer(
      name: "python-generators",
      tool: "python3",
      run: { ["python3", $0] },
      source: "generators.py"
    ),
  ]

  /// A library of Python whose locks are measured.
  private static func python(_ library: String) -> Peer {
    Peer(
      name: library,
      kinds: ["lock"],
      tool: "python3",
      // Fails, and so skips the peer, when the library is not installed.
      build: { _, _ in ["python3", "-c", "import \(library)"] },
      run: { ["python3", $0] },
      source: "\(library)_tasks.py"
    )
  }

  /// Makes a contestant for each kind of measure and each number of tasks.
  func contestants(
    _ measures: [(kind: String, tasks: Int, operations: Int)],
    sources: String,
    products: String
  ) throws -> [Campaign.Contestant] {
    // Copied first, because some compilers write their output beside the source.
    let copy = "\(products)/\(source)"
    _ = try ChildProcess.output(of: ["mkdir", "-p", products])
    _ = try ChildProcess.output(of: ["cp", "\(sources)/\(source)", copy])
    let executable = "\(products)/\(name)"
    var program = copy
    if let command = build(copy, executable) {
      _ = try ChildProcess.output(of: command)
      if ChildProcess.isInstalled(executable) { program = executable }
    }
    return measures.filter { kinds.contains($0.kind) }.map { kind, tasks, operations in
      Campaign.Contestant(
        name: "\(kind)/\(name)",
        tasks: tasks,
        command: run(program) + [kind, name, "\(tasks)", "\(operations)"]
      )
    }
  }

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
