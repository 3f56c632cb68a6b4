import CorosTestSupport
import Foundation
import Testing

/// `explore` in processes of its own: exit statuses, shards, files of results.
@Suite(.timeLimit(.minutes(15))) struct ExploreTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    writeRace(of: 3, to: "race.coros")
    folder.write(
      """
      shared x = 0
      mutex m
      program add { lock m; x = x + 1; unlock m }
      finally x == 2
      spawn add x2
      """,
      to: "right.coros"
    )
  }

  /// Writes a script in which as many tasks race.
  private func writeRace(of count: Int, to name: String) {
    folder.write(
      """
      shared x = 0
      program add { var r = x; x = r + 1 }
      finally x == \(count)
      spawn add x\(count)
      """,
      to: name
    )
  }

  private func explore(_ words: String...) throws -> BatchProgram.Outcome {
    try BatchProgram(corosProgram, ["explore"] + words).wait()
  }

  /// The summary in JSON, without the tasks that the script makes.
  private func summary(_ words: String...) throws -> String {
    let outcome = try BatchProgram(corosProgram, ["--json", "explore"] + words).wait()
    return String(try #require(outcome.output.split(separator: "\n").last))
  }

  // MARK: Statuses

  @Test func `the status says whether something fails, or the command is wrong`() throws {
    let (race, right) = (folder.file("race.coros"), folder.file("right.coros"))
    #expect(try explore(race, "dfs").exit == .code(1))
    #expect(try explore(right, "dfs").exit == .code(0))
    #expect(try explore(right, "dfs", "--check", "x == 3").exit == .code(1))
    #expect(try explore(right, race, "dfs").exit == .code(1))
    for wrong in [
      [right, "sideways"], [right, "--check", "x => 2"], [right, "--rnus", "3"], ["/no/such"], [],
      ["merge"], ["merge", "/no/such"], [right, "--resume", race],
    ] {
      let outcome = try BatchProgram(corosProgram, ["explore"] + wrong).wait()
      #expect(outcome.exit == .code(2), "\(wrong)")
      #expect(!outcome.errors.isEmpty, "\(wrong)")
    }
    folder.write("spawn\n", to: "wrong.coros")
    #expect(try explore(folder.file("wrong.coros"), "dfs").exit == .code(2))
  }

  @Test func `it says how to stand before the failure at a prompt, and that leads there`() throws {
    let race = folder.file("race.coros")
    let output = try explore(race, "dfs").output
    #expect(!output.contains("branch"))
    let told = output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(told.contains("at a prompt, `source \(race)` and `replay` with that word lead there"))
    let word = try #require(output.split(separator: "\n").first { $0.hasPrefix("schedule1@") })
    let lines = ["source \(race)", "replay \(word)", "assert x != 3"]
    let outcome = try BatchProgram(
      corosProgram,
      ["-c", lines.joined(separator: "\n")]
    ).wait()
    #expect(outcome.exit == .code(0), "\(outcome.errors)")
  }

  @Test func `a part whose own schedules pass says where the failure was`() throws {
    writeRace(of: 2, to: "two.coros")
    let output = try explore(folder.file("two.coros"), "states", "--shard", "1/2").output
    let told = output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(told.contains("on the way to this part; none of its own schedules fails"))
  }

  @Test(arguments: ["dfs", "dpor", "states"])
  func `a task that runs alone for ever is dealt out, too`(_ way: String) throws {
    folder.write("program spin { while true { yield } }\nspawn spin\n", to: "spin.coros")
    let outcome = try explore(
      folder.file("spin.coros"),
      way,
      "--runs",
      "5",
      "--steps",
      "1000",
      "--shard",
      "1/2"
    )
    #expect(outcome.exit != .code(2), "\(outcome.errors)")
  }

  @Test func `a script that ends itself with a failure is named`() throws {
    folder.write("shared x = 0\nexit 3\n", to: "ends.coros")
    let outcome = try explore(folder.file("ends.coros"), "dfs")
    #expect(outcome.exit == .code(2))
    #expect(outcome.errors.contains("ends.coros: the script ended itself, with status 3"))
  }

  @Test func `a condition that is wrong is shown with its place`() throws {
    let outcome = try explore(folder.file("right.coros"), "dfs", "--check", "x => 2")
    #expect(outcome.errors.contains("a single `=` compares nothing"))
    #expect(outcome.errors.contains("'x => 2'\n"))
  }

  @Test func `Ctrl-C keeps what was found`() throws {
    let program = try BatchProgram(
      corosProgram,
      [
        "explore", folder.file("right.coros"), "random", "--runs", "1e12", "--out",
        folder.file("kept"),
      ]
    )
    try program.wait(for: "a file") { _ in folder.read("kept") != nil }
    program.signal(SIGINT)
    let outcome = try program.wait()
    #expect(outcome.exit == .code(130))
    #expect(outcome.output.contains("random runs, none failed, interrupted. This is no proof"))
    #expect(try #require(folder.read("kept")).contains("\"stopped\":\"interrupted\""))
  }

  // MARK: Shards

  private func explore(shard: Int, of count: Int, _ words: String..., into name: String) throws {
    _ = try BatchProgram(
      corosProgram,
      ["explore", folder.file("race.coros")] + words
        + ["--shard", "\(shard)/\(count)", "--out", folder.file(name)]
    ).wait()
  }

  @Test(arguments: [
    ["dfs"], ["bound", "preemptions=2"], ["states"], ["random", "--runs", "3000"],
  ])
  func `shards add up to the whole, in any order`(_ how: [String]) throws {
    let words = how + ["--all", "--no-shrink"]
    for shard in 1...3 {
      _ = try BatchProgram(
        corosProgram,
        ["explore", folder.file("race.coros")] + words
          + ["--shard", "\(shard)/3", "--out", folder.file("\(shard)")]
      ).wait()
    }
    func number(_ key: String, in line: String) throws -> Int {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(object?[key] as? Int)
    }
    let files = (1...3).map { folder.file("\($0)") }
    let merged = try summary("merge", files[0], files[1], files[2])
    #expect(try summary("merge", files[2], files[0], files[1], files[0]) == merged)
    let whole =
      try BatchProgram(
        corosProgram,
        ["--json", "explore", folder.file("race.coros")] + words
      ).wait().output.split(separator: "\n").last.map(String.init) ?? ""
    for key in ["runs", "failing", "failures", "deepest"] {
      #expect(try number(key, in: merged) == number(key, in: whole), "\(key)")
    }
    #expect(merged.contains("\"missing\":[]"))
    let part = try summary("merge", files[0], files[2])
    #expect(part.contains("\"missing\":[2]"))
    #expect(!part.contains("\"covers\":\"all\""))
  }

  @Test func `results of something else are refused`() throws {
    try explore(shard: 1, of: 2, "dfs", into: "one")
    try explore(shard: 1, of: 3, "dfs", into: "third")
    try explore(shard: 2, of: 2, "dfs", "--all", into: "all")
    try explore(shard: 1, of: 2, "random", into: "random")
    for (other, reason) in [
      ("third", "one of 3 shards, not of 2"), ("all", "made by `explore dfs --all"),
      ("random", "made by `explore random"), ("race.coros", "line 1"),
    ] {
      let outcome = try self.explore("merge", folder.file("one"), folder.file(other))
      #expect(outcome.exit == .code(2))
      #expect(outcome.errors.contains(reason), "\(outcome.errors)")
    }
    let damaged = try #require(folder.read("one"))
      .replacing("\"witnesses\":[\"", with: "\"witnesses\":[\"0")
    folder.write(damaged, to: "other")
    let outcome = try self.explore("merge", folder.file("one"), folder.file("other"))
    #expect(outcome.errors.contains("the same schedules went otherwise there"))
  }

  @Test func `several processes find what one finds`() throws {
    let race = folder.file("race.coros")
    let two = try summary(race, "dfs", "--all", "--jobs", "2")
    #expect(two.contains("\"schedules\":1680,\"failing\":1512,"), "\(two)")
    #expect(two.contains("\"covers\":\"all\""), "\(two)")
    let first = try explore(race, "random", "--jobs", "2")
    #expect(first.exit == .code(1))
    #expect(first.output.contains("`finally x == 3` does not hold"))
  }

  // MARK: Killed, and gone on with

  @Test func `an exploration goes on after it was killed, to the same end`() throws {
    folder.write(
      """
      mutex fork[3]
      program phil(left, right) { lock fork[left]; lock fork[right]; unlock fork[left]; unlock fork[right] }
      spawn phil 0 1
      spawn phil 1 2
      spawn phil 2 0
      """,
      to: "phil.coros"
    )
    let phil = folder.file("phil.coros")
    let program = try BatchProgram(
      corosProgram,
      ["explore", phil, "dfs", "--all", "--out", folder.file("kept")]
    )
    try program.wait(for: "a portion") { _ in
      folder.read("kept")?.contains("\"progress\"") == true
    }
    program.signal(SIGKILL)
    _ = try program.wait()
    let resumed = try summary(phil, "--resume", folder.file("kept"))
    #expect(resumed.contains("\"schedules\":77064,\"failing\":48"))
    #expect(resumed.contains("\"covers\":\"all\""))
    // What is over is only told again.
    #expect(try summary(phil, "--resume", folder.file("kept")) == resumed)
  }

  @Test func `what has reached its limit goes on with a larger one`() throws {
    let (race, kept) = (folder.file("race.coros"), folder.file("kept"))
    let begun = try explore(race, "dfs", "--all", "--runs", "100", "--out", kept)
    #expect(begun.output.contains("100 schedules tried, the budget is reached"), "\(begun.output)")
    #expect(begun.output.replacing("\n  ", with: " ").contains("--runs N` goes on"))
    #expect(try summary(race, "--resume", kept).contains("\"stopped\":\"runs\""))
    let resumed = try summary(race, "--resume", kept, "--runs", "1e6")
    #expect(resumed.contains("\"schedules\":1680,\"failing\":1512"), "\(resumed)")
    #expect(resumed.contains("\"covers\":\"all\""))
    #expect(try explore(race, "--resume", kept, "--all").exit == .code(2))
    _ = try explore(race, "random", "--all", "--runs", "100", "--out", folder.file("random"))
    let refused = try explore(race, "--resume", folder.file("random"), "--runs", "200")
    #expect(refused.exit == .code(2))
    #expect(refused.errors.contains("with another --seed"), "\(refused.errors)")
  }

  @Test func `each process comes to the same results, byte for byte`() throws {
    for how in ["dfs", "dpor", "states", "merged", "random", "mix"] {
      let outcomes = try (1...2).map { _ in
        try explore(folder.file("race.coros"), how, "--out", folder.file("out"))
          .all(with: folder.read("out") ?? "")
      }
      #expect(outcomes[0] == outcomes[1], "\(how)")
    }
  }

  @Test func `what is reported is replayed by another process`() throws {
    let outcome = try explore(folder.file("race.coros"), "mix")
    let schedule = try #require(
      outcome.output.split(separator: "\n").first { $0.hasPrefix("schedule1@") }
    )
    let replayed = try coros(
      "-c",
      "source '\(folder.file("race.coros"))'; replay \(schedule) && run"
    )
    #expect(replayed.errors.contains("`finally x == 3` does not hold"))
  }
}

extension BatchProgram.Outcome {
  fileprivate func all(with file: String) -> [String] { [output, errors, file] }
}
