import ArgumentParser

/// The command line: selects what to measure, and prints the results.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the kernel of Coros.",
    subcommands: [Compare.self, Soak.self, Worker.self],
    defaultSubcommand: Compare.self
  )
}

extension Bench {
  /// Runs the measures in rounds, each run in a separate process, and reports.
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Runs measures in rounds and reports medians; the default."
    )

    @Argument(
      help:
        "Measures, or prefixes of their names: yield, spawn/async; startup for whole programs."
    )
    var names: [String] = []

    @Flag(help: "Print one JSON object per line instead of tables.")
    var json = false

    @Flag(help: "Run programs in other languages in the same rounds, where there are such.")
    var peers = false

    @Flag(help: "Fewer rounds, fewer operations, no million tasks.")
    var quick = false

    @Flag(help: "List the names and exit.")
    var list = false

    @Option(help: "The number of rounds. Default: 7; with --quick: 3.")
    var rounds: Int?

    @Option(help: ArgumentHelp("The folder of the benchmarks.", visibility: .hidden))
    var folder = "."

    @Option(help: ArgumentHelp("The program to measure as a whole.", visibility: .hidden))
    var coros: String?

    func validate() throws {
      if let rounds, rounds < 1 { throw ValidationError("--rounds must be at least 1.") }
      for name in names where name != "startup" && sessions(by: [name]).isEmpty {
        guard selected(by: [name]).isEmpty else { continue }
        throw ValidationError("There is no measure '\(name)'; --list shows them all.")
      }
    }

    func run() throws {
      if list {
        for measure in Measure.all { print(measure.name) }
        for kind in SessionRun.kinds { print(kind.name) }
        print("startup")
        return
      }
      if names.contains("startup") { try compareStartup() }
      let kernelNames = names.filter { $0 != "startup" }
      if kernelNames.isEmpty && !names.isEmpty { return }
      let measures = selected(by: kernelNames)
      if peers {
        try comparePeers(measures.filter { Peer.kinds.contains(kind(of: $0)) })
      } else {
        try measureOurs(measures, sessions(by: kernelNames))
      }
    }

    // MARK: What to run

    private func selected(by names: [String]) -> [Measure] {
      return Measure.all.filter { isSelected($0.name, by: names) }
    }

    private func sessions(by names: [String]) -> [SessionRun.Kind] {
      SessionRun.kinds.filter { isSelected($0.name, by: names) }
    }

    private func isSelected(_ name: String, by names: [String]) -> Bool {
      names.isEmpty || names.contains { name.hasPrefix($0) }
    }

    private func kind(of measure: Measure) -> String {
      String(measure.name.prefix { $0 != "/" })
    }

    private func sizes(of measure: Measure) -> [Int] {
      measure.sizes.filter { !quick || $0 < 1_000_000 }
    }

    private func operations(of measure: Measure) -> Int {
      quick ? measure.operations / 4 : measure.operations
    }

    private var products: String { "\(folder)/.build/peers" }

    private func contestants(_ measures: [Measure]) -> [Campaign.Contestant] {
      measures.flatMap { measure in
        sizes(of: measure).map { tasks in
          Campaign.Contestant(
            name: measure.name,
            tasks: tasks,
            budget: measure.budget,
            command: [
              CommandLine.arguments[0], "worker", measure.name, "\(tasks)",
              "\(operations(of: measure))",
            ]
          )
        }
      }
    }

    private func run(_ contestants: [Campaign.Contestant]) -> [Outcome] {
      let campaign = Campaign(contestants: contestants, rounds: rounds ?? (quick ? 3 : 7))
      defer { Diagnostics.progress("") }
      return campaign.run { round, contestant in
        Diagnostics.progress(
          "round \(round) of \(campaign.rounds): \(contestant.name), \(contestant.tasks) tasks"
        )
      }
    }

    // MARK: What to show

    private func measureOurs(_ measures: [Measure], _ sessions: [SessionRun.Kind]) throws {
      var all = contestants(measures)
      for kind in sessions {
        if let coros, ChildProcess.isInstalled(coros) {
          let steps = quick ? 1_000_000 : 4_000_000
          let session = SessionRun(coros: coros, kind: kind)
          all.append(try session.contestant(products: products, steps: steps))
        } else {
          Diagnostics.note("skipping \(kind.name): there is no program to run")
        }
      }
      let outcomes = run(all)
      try show(outcomes) { Report.table(outcomes) }
    }

    private func comparePeers(_ measures: [Measure]) throws {
      // A peer does each kind once, as often as our async form.
      let shared = measures.filter { $0.name.hasSuffix("/async") }.flatMap { measure in
        sizes(of: measure).map { (kind(of: measure), $0, operations(of: measure)) }
      }
      var theirs: [Campaign.Contestant] = []
      for peer in Peer.all {
        guard ChildProcess.isInstalled(peer.tool) else {
          Diagnostics.note("skipping \(peer.name): \(peer.tool) is not installed")
          continue
        }
        do {
          theirs += try peer.contestants(shared, sources: "\(folder)/peers", products: products)
        } catch {
          Diagnostics.note("skipping \(peer.name): \(error)")
        }
      }
      // Neighbours in the report are neighbours in time: all of one kind and size, then all of the next.
      let all = (contestants(measures) + theirs).enumerated().sorted { left, right in
        key(left.element, left.offset) < key(right.element, right.offset)
      }.map(\.element)
      let outcomes = run(all)
      let ourNames = Set(measures.map(\.name))
      try show(outcomes) {
        Report.comparison(outcomes, ours: { ourNames.contains($0.name) })
      }
    }

    private func key(_ contestant: Campaign.Contestant, _ offset: Int) -> (Int, Int, Int) {
      let kind = Peer.kinds.firstIndex { contestant.name.hasPrefix($0) } ?? 0
      return (kind, contestant.tasks, offset)
    }

    private func compareStartup() throws {
      guard let coros, ChildProcess.isInstalled(coros) else {
        Diagnostics.note("skipping startup: there is no program to start")
        return
      }
      let outcomes = run(try Startup(coros: coros).contestants(products: products))
      try show(outcomes) { Report.programs(outcomes) }
    }

    private func show(_ outcomes: [Outcome], table: () -> String) throws {
      if json {
        for outcome in outcomes { print(Report.json(outcome)) }
      } else {
        print(table())
        print()
        print(Report.noise(outcomes, rounds: rounds ?? (quick ? 3 : 7)))
      }
      let failures = outcomes.compactMap(\.failure)
      for failure in failures { Diagnostics.note("\(failure)") }
      if !failures.isEmpty { throw ExitCode.failure }
    }
  }

  /// Runs one measure once, and prints the line of its sample.
  struct Worker: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "worker",
      abstract: "Runs one measure once, and prints NAME TASKS NS BYTES.",
      shouldDisplay: false
    )

    @Argument var name: String
    @Argument var tasks: Int
    @Argument var operations: Int

    func run() throws {
      guard let measure = Measure.all.first(where: { $0.name == name }) else {
        throw ValidationError("There is no measure '\(name)'.")
      }
      print(try measure.sample(Measure.Load(tasks: tasks, operations: operations)).line)
    }
  }
}
