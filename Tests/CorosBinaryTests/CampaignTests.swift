import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The scripts that spread an exploration over many machines.
@Suite(.timeLimit(.minutes(15))) struct CampaignTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let race = packageFolder + "/Examples/exploring/lost-update.coros"

  /// Runs a line in the temporary folder.
  private func sh(
    _ line: String,
    _ variables: [String: String] = [:]
  ) throws -> BatchProgram.Outcome {
    try BatchProgram(
      "/bin/sh",
      ["-c", "cd \"$0\" && " + line, folder.path],
      environment: ["COROS": corosProgram].merging(variables) { $1 }
    ).wait()
  }

  private static let hasParallel = access("/usr/bin/parallel", X_OK) == 0

  /// Runs a shard of the Slurm array, or begins it again.
  private func slurm(_ number: Int) throws -> BatchProgram.Outcome {
    try sh(
      "sh '\(packageFolder)/Examples/campaigns/slurm.sh' '\(race)' dfs --all",
      ["SLURM_ARRAY_TASK_ID": "\(number)", "SLURM_ARRAY_TASK_COUNT": "2"]
    )
  }

  @Test(.enabled(if: hasParallel))
  func `GNU parallel explores all shards`() throws {
    let line = "sh '\(packageFolder)/Examples/campaigns/parallel.sh' '\(race)' 4 results dfs --all"
    for _ in 1...2 {
      let outcome = try sh(line)
      #expect(outcome.output.contains("all 1,680 schedules were tried: exhausted"))
      #expect(outcome.exit == .code(1))
    }
  }

  @Test func `without GNU parallel the script does the same shard by shard`() throws {
    let script = "'\(packageFolder)/Examples/campaigns/parallel.sh' '\(race)' 3 results dfs --all"
    for shard in 1...3 {
      let outcome = try sh("sh \(script)", ["SHARD": "\(shard)"])
      #expect(outcome.output.contains("shard \(shard) of 3"), "\(outcome.errors)")
    }
    let merged = try sh("\"$COROS\" explore merge results/*.jsonl")
    #expect(merged.output.contains("all 1,680 schedules were tried: exhausted"))
  }

  @Test func `a job of a Slurm array is a shard, and goes on when it is started again`() throws {
    for number in [1, 2, 1] {
      let outcome = try slurm(number)
      #expect(outcome.exit == .code(1), "\(outcome.errors)")
      #expect(outcome.output.contains("shard \(number) of 2"))
    }
    let merged = try sh("\"$COROS\" explore merge coros-*.jsonl")
    #expect(merged.output.contains("all 1,680 schedules were tried: exhausted"))
  }

  @Test func `a pod of a Kubernetes Indexed Job is a shard, and ends well with an answer`() throws {
    let text = try sh("cat '\(packageFolder)/Examples/campaigns/kubernetes.yaml'").output
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("  completionMode: Indexed"))
    let start = try #require(lines.firstIndex { $0.hasSuffix("- |") })
    let script = lines[(start + 1)...].prefix { $0.hasPrefix("              ") }
      .joined(separator: "\n")
    folder.write(script.replacing("1e9", with: "2e3"), to: "pod.sh")
    for index in 0..<2 {
      let outcome = try sh(
        "sh pod.sh",
        ["JOB_COMPLETION_INDEX": "\(index)", "SHARDS": "2", "SCRIPT": race]
      )
      #expect(outcome.exit == .code(0), "\(outcome.errors)")
    }
    let merged = try sh("\"$COROS\" explore merge coros-*.jsonl")
    #expect(merged.exit == .code(1))
    #expect(merged.output.contains("`finally x == 3` does not hold"))
  }
}
