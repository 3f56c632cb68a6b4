import CorosExports
import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Runs the same tasks under several policies.
  enum Compare: PrintingCommand {
    static let manual = Manual(
      name: "compare",
      summary: "run the same tasks under several policies",
      usage: "compare POLICY ... [--ticks N]",
      group: .looking,
      details: """
        A POLICY is a name, or NAME:KEY=VALUE,... with settings. All tasks that you have made on this machine, by `workload`, `procs` or `spawn`, run from the \
        start under each policy, on a fresh machine with the same seed: each arrives at the tick at \
        which it did here. What else you did, as a `kill`, is not done again, and what they write is not \
        shown. The averages are those of `stats`, and * marks the best of a column. Your own machine \
        stays as it is.

        A run that has no end is stopped after --ticks N, 100000 unless you say otherwise; it is marked, \
        and is not among the best. Which policy suits whom?

          workload len=30 at=1,len=4 at=2,len=3,io=1
          compare fifo sjf stcf rr rr:quantum=5 mlfq:quanta=2/4/8
        """,
      example: "compare rr rr:quantum=5",
      seeAlso: ["stats", "workload", "policy"],
      completion: [.words(PolicyChoice.names + ["--ticks"])]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init(
            "results",
            .objects([
              .init("policy", .text, "the policy as it was typed"),
              RunMetrics.averageKey,
              .init("ticks", .number, "the tick at which the run ended"),
              .init("switches", .number, "how often the CPU went from one task to another"),
              RunMetrics.maximumKey,
              RunMetrics.fairnessKey,
              RunMetrics.utilisationKey,
              .init("preemptions", .number, "the switches from a task that would have gone on"),
              .init("idle_ticks", .number, "the ticks in which nobody ran"),
              .init("settings", .text, "the policy with all its settings"),
              .init(
                "stopped",
                .word(OutcomeWords.words),
                "how the run ended; unless it is `all finished`, the averages are over the tasks that had ended"
              ),
            ]),
            "one for each policy"
          )
        ])
      ],
      demonstration: ["workload len=15 len=5 len=3", "compare fifo rr:quantum=3"]
    )

    /// The most tasks that are made again.
    private static let mostTasks = 100_000

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let (policies, limit) = try request(invocation)
      let recipes = shell.session.madeTasks.map { task in
        let tid = task.tid
        var recipe = task.recipe
        // What has been said since about how urgent it is holds, too.
        if let now = shell.scheduler.info(tid)?.parameters { recipe.parameters = now }
        return recipe
      }
      guard (1...mostTasks).contains(recipes.count) else {
        throw CommandFailure(
          recipes.isEmpty
            ? "there is nothing to compare: no task has been made"
            : "more than \(mostTasks) tasks have been made: too many to run again",
          at: invocation.name.range,
          hint: "make some after a `reset`: workload len=10 len=5 len=8"
        )
      }
      var trials: [Trial] = []
      for (word, policy) in policies {
        trials.append(try trial(word, policy, recipes, limit, shell))
      }
      shell.report([
        "command": "compare",
        "results": .array(trials.map(\.json)),
      ]) {
        text(trials, recipes.count, shell)
      }
    }

    /// Runs the tasks under one policy, on a machine of their own.
    private static func trial(
      _ word: String,
      _ policy: PolicyChoice,
      _ recipes: [TaskRecipe],
      _ limit: Tick,
      _ shell: Shell
    ) throws(CommandFailure) -> Trial {
      let scheduler = Scheduler(
        policy: policy.make(),
        seed: shell.scheduler.seed,
        limits: Limits(
          // Those that have not arrived count as well.
          tasks: max(shell.scheduler.taskLimit, recipes.count),
          keptStatuses: max(Limits().keptStatuses, recipes.count)
        )
      )
      do {
        for recipe in recipes { try recipe.make(in: scheduler) }
      } catch {
        throw CommandFailure(String(describing: error))
      }
      let outcome = scheduler.run(ticks: limit) { _ in shell.isInterrupted }
      if case .conditionMet = outcome {
        throw CommandFailure(
          "interrupted at tick \(scheduler.now) under \(word)",
          status: CommandFailure.interruptedStatus
        )
      }
      return Trial(
        word: word,
        policy: scheduler.policyDescription,
        metrics: RunMetrics(scheduler),
        outcome: outcome,
        liveCount: scheduler.liveTaskCount
      )
    }

    /// Reads the arguments: the policies as they are written, and the most ticks of a run.
    private static func request(
      _ invocation: Invocation
    ) throws(CommandFailure) -> (policies: [(String, PolicyChoice)], limit: Tick) {
      var policies: [(String, PolicyChoice)] = []
      var limit: Tick = 100_000
      var index = 0
      while index < invocation.arguments.count {
        let argument = invocation.arguments[index]
        index += 1
        if argument.text == "--ticks" {
          guard index < invocation.arguments.count else {
            throw CommandFailure(
              "--ticks needs a number",
              at: argument.range,
              hint: "usage: \(manual.usage)"
            )
          }
          limit = try invocation.integer(index, "the number of ticks", in: 1...1_000_000_000)
          index += 1
          continue
        }
        do throws(PolicyError) {
          policies.append((argument.text, try PolicyChoice.parse(option: argument.text)))
        } catch {
          throw CommandFailure(
            error.message,
            at: argument.place(of: place(ofWord: error.word, in: argument.text)),
            hint: error.hint
          )
        }
      }
      guard !policies.isEmpty else {
        throw CommandFailure(
          "compare needs policies",
          at: invocation.name.range,
          hint: "`help policy` lists them; try `\(manual.example)`"
        )
      }
      return (policies, limit)
    }

    /// Where a part of `NAME:KEY=VALUE,...` stands: 0 is the name, 1 the first setting.
    private static func place(ofWord word: Int, in text: String) -> Range<Int> {
      var start = 0
      var place = 0
      for part in text.split(
        omittingEmptySubsequences: false,
        whereSeparator: { ":,".contains($0) }
      ) {
        let end = start + part.utf8.count
        if place == word, !part.isEmpty { return start..<end }
        // Empty settings are passed over, and not counted.
        if place == 0 || !part.isEmpty { place += 1 }
        start = end + 1
      }
      return 0..<text.utf8.count
    }

    private static func text(_ trials: [Trial], _ count: Int, _ shell: Shell) -> String {
      let style = shell.style
      var table = TextTable(
        [.init("POLICY")] + Trial.columns.map { .init($0.title, .right) },
        style: style
      )
      let finished = trials.filter(\.isFinished)
      for trial in trials {
        let cells = Trial.columns.map { column in
          let isBest =
            trial.isFinished && finished.count > 1
            && finished.allSatisfy { !column.isBetter($0, trial) }
          return TextTable.Cell(
            (isBest ? "*" : "") + column.text(trial),
            isBest ? .good : .plain
          )
        }
        table.append([.init(trial.word + (trial.isFinished ? "" : " †"), .name)] + cells)
      }
      var text = table.takeText()
      if finished.count > 1 { text += style.paint("* the best of its column", .faint) + "\n" }
      for trial in trials where !trial.isFinished {
        text += "† \(excerpt(of: trial.word, limit: 80)): \(trial.remark)\n"
      }
      return text
    }
  }
}

/// What one policy made of the tasks.
private struct Trial {
  /// The policy as it was typed.
  let word: String
  /// The policy with all its settings.
  let policy: String
  let metrics: RunMetrics
  let outcome: RunOutcome
  let liveCount: Int

  var isFinished: Bool { liveCount == 0 }

  /// Why it did not finish.
  var remark: String {
    let alive = "\(counted(liveCount, "task")) alive"
    return switch outcome {
    case .limitReached, .idle: "stopped at the limit of \(metrics.now) ticks, with \(alive)"
    case .deadlock: "deadlock at tick \(metrics.now), with \(alive)"
    case .undecided: "nobody chooses at tick \(metrics.now), with \(alive)"
    default: "nothing can run at tick \(metrics.now), with \(alive)"
    }
  }

  var json: JSON {
    [
      "policy": .string(word),
      "average": metrics.average,
      "ticks": .int(metrics.now),
      "switches": .int(metrics.switches),
      "maximum": metrics.maximum,
      "fairness": metrics.fairness.json,
      "utilisation": metrics.utilisation.json,
      "preemptions": .int(metrics.preemptions),
      "idle_ticks": .int(metrics.idleTicks),
      "settings": .string(policy),
      "stopped": .string(OutcomeWords.word(outcome)),
    ]
  }

  /// A column of the table: what it shows, and when one is better than another.
  struct Column: Sendable {
    let title: String
    let text: @Sendable (Trial) -> String
    let isBetter: @Sendable (Trial, Trial) -> Bool

    /// A mean, of which less is better.
    init(_ title: String, _ value: @escaping @Sendable (RunMetrics) -> Rounded) {
      self.title = title
      text = { value($0.metrics).text }
      isBetter = { one, other in
        (value(one.metrics).value ?? .infinity) < (value(other.metrics).value ?? .infinity)
      }
    }

    /// A number, of which less is better.
    init(_ title: String, count: @escaping @Sendable (RunMetrics) -> Int) {
      self.title = title
      text = { String(count($0.metrics)) }
      isBetter = { one, other in count(one.metrics) < count(other.metrics) }
    }

    /// A share, of which more is better.
    init(_ title: String, share: @escaping @Sendable (RunMetrics) -> Rounded) {
      self.title = title
      text = { share($0.metrics).text }
      isBetter = { one, other in
        (share(one.metrics).value ?? 0) > (share(other.metrics).value ?? 0)
      }
    }
  }

  static let columns = [
    Column("RESPONSE") { $0.response.average },
    Column("TURNAROUND") { $0.turnaround.average },
    Column("WAIT") { $0.wait.average },
    Column("FAIRNESS", share: \.fairness),
    Column("TICKS", count: \.now),
    Column("SWITCHES", count: \.switches),
  ]
}
