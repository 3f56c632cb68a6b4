/// A small program in another language that does the same work as one of our measures.
struct Peer: Sendable {
  /// The name, as in `yield/go`.
  let name: String
  /// The tool that must be installed.
  let tool: String
  /// The command that compiles it; nil if it needs none.
  var build: @Sendable (_ source: String, _ executable: String) -> [String]? = { _, _ in nil }
  /// The command that runs the program.
  var run: @Sendable (_ program: String) -> [String] = { [$0] }
  let source: String

  /// The kinds of measures that peers implement.
  static let kinds = ["yield", "spawn"]

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
      tool: "go",
      build: { ["go", "build", "-o", $1, $0] },
      source: "goroutines.go"
    ),
    Peer(name: "lua", tool: "lua5.4", run: { ["lua5.4", $0] }, source: "coroutines.lua"),
    Peer(name: "node-generators", tool: "node", run: { ["node", $0] }, source: "generators.js"),
    Peer(name: "node-async", tool: "node", run: { ["node", $0] }, source: "async.js"),
    Peer(
      name: "erlang",
      tool: "erl",
      build: { source, _ in ["erlc", "-o", folder(of: source), source] },
      run: { program in
        // One scheduler, as with the other peers; and room for a million processes.
        let options = ["-noshell", "+S", "1", "+P", "2000000", "-pa", folder(of: program)]
        return ["erl"] + options + ["-s", "processes", "main", "-extra"]
      },
      source: "processes.erl"
    ),
    Peer(name: "asyncio", tool: "python3", run: { ["python3", $0] }, source: "asyncio_tasks.py"),
    Peer(
      name: "python-generators",
      tool: "python3",
      run: { ["python3", $0] },
      source: "generators.py"
    ),
  ]

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
    return measures.map { kind, tasks, operations in
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
