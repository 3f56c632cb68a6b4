import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs the same tasks under several policies.
  enum Compare: SimpleCommand {
    static let manual = Manual(
      name: "compare",
      summary: "run the same tasks under several policies",
      usage: "compare POLICY ... [--ticks N]",
      group: .looking,
      details: """
        A POLICY is a name, or NAME:KEY=VALUE,... with settings. All that you have done on this machine \
        (`workload`, `spawn`, `kill`, `stop`, `nice` and so on) is done again under each policy, at the same \
        ticks as here, on a fresh machine with the same seed. Only `policy`, `pick` and `wait` are left out, and \
        output is not shown. What cannot be done under a policy is named. The averages are those of `stats`; \
        * marks the best of a column. Your own machine does not change.

        A run without an end is stopped after --ticks N (default: 100000). It is marked, and does not count \
        as best. Which policy suits which jobs?

          workload len=30 at=1,len=4 at=2,len=3,io=1
          compare fifo sjf stcf rr rr:quantum=5 mlfq:quanta=2/4/8
        """,
      example: "compare rr rr:quantum=5",
      seeAlso: ["stats", "workload", "policy"],
      completion: [.words(PolicyChoice.names + ["--ticks"])]
    )

    /// It looks, but may take a while.
    static func access(hasWords: Bool) -> GuestAccess { .past }

    static let reference = Reference(
      demonstration: ["workload len=15 len=5 len=3", "compare fifo rr:quantum=3"]
    )

    /// The maximum number of tasks that run again.
    private static let mostTasks = 100_000

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let (policies, limit) = try request(invocation)
      let count = shell.session.madeTaskCount
      guard (1...mostTasks).contains(count) else {
        throw CommandFailure(
          count == 0
            ? "there is nothing to compare: no task has been made"
            : "more than \(mostTasks) tasks have been made: too many to run again",
          at: invocation.name.range,
          hint: "make some after a `reset`: workload len=10 len=5 len=8"
        )
      }
      var rows: [Row] = []
      for (word, policy) in policies {
        do throws(TrialInterrupted) {
          rows.append(Row(word: word, trial: try shell.session.trial(under: policy, ticks: limit)))
        } catch {
          throw CommandFailure(interrupted: "interrupted at tick \(error.tick) under \(word)")
        }
      }
      return Result(rows: rows)
    }

    /// Reads the arguments: the policies as written, and the maximum number of ticks.
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

    /// The position of a part of `NAME:KEY=VALUE,...`: 0 is the name, 1 the first setting.
    private static func place(ofWord word: Int, in text: String) -> Range<Int> {
      var start = 0
      var place = 0
      for part in text.split(
        omittingEmptySubsequences: false,
        whereSeparator: { ":,".contains($0) }
      ) {
        let end = start + part.utf8.count
        if place == word, !part.isEmpty { return start..<end }
        // Empty settings are skipped, and not counted.
        if place == 0 || !part.isEmpty { place += 1 }
        start = end + 1
      }
      return 0..<text.utf8.count
    }

    struct Result: CommandResult, ResultObject {
      let rows: [Row]

      static let fields: [ResultField<Self>] = [
        .objects("results", "one for each policy", \.rows)
      ]

      func text(in look: Look) -> String {
        var table = TextTable(
          [.init("POLICY")] + Column.all.map { .init($0.title, .right) },
          style: look.style
        )
        let finished = rows.filter(\.trial.isFinished)
        for row in rows {
          let cells = Column.all.map { column in
            let isBest =
              row.trial.isFinished && finished.count > 1
              && finished.allSatisfy { !column.isBetter($0.trial.metrics, row.trial.metrics) }
            return TextTable.Cell(
              (isBest ? "*" : "") + column.text(row.trial.metrics),
              isBest ? .good : .plain
            )
          }
          table.append([.init(row.word + (row.trial.isFinished ? "" : " †"), .name)] + cells)
        }
        var text = table.takeText()
        if finished.count > 1 {
          text += look.style.paint("* the best of its column", .faint) + "\n"
        }
        for row in rows where !row.trial.isFinished {
          text += "† \(excerpt(of: row.word, limit: 80)): \(row.remark)\n"
        }
        for row in rows {
          for act in row.trial.refused {
            text += "left out under \(excerpt(of: row.word, limit: 80)): \(act)\n"
          }
        }
        return text
      }
    }

    /// The result of one policy.
    struct Row: ResultObject {
      /// The policy as it was typed.
      let word: String
      let trial: PolicyTrial

      static let fields: [ResultField<Self>] = [
        .text("policy", "the policy as it was typed", \.word),
        .average(\.trial.metrics),
        .number("ticks", "the tick at which the run ended", \.trial.metrics.now),
        .number(
          "switches",
          "how often the CPU passed from one task to another",
          \.trial.metrics.switches
        ),
        .maximum(\.trial.metrics),
        .fairness(\.trial.metrics),
        .utilisation(\.trial.metrics),
        .number(
          "preemptions",
          "the switches from a task that could have continued",
          \.trial.metrics.preemptions
        ),
        .number("idle_ticks", "the ticks in which no task ran", \.trial.metrics.idleTicks),
        .text("settings", "the policy with all its settings", \.trial.policy),
        .word(
          "stopped",
          of: OutcomeWords.words,
          "how the run ended; unless it is `all finished`, the averages cover only the tasks that had ended"
        ) { OutcomeWords.word($0.trial.outcome) },
        .texts("left_out", "what you did that could not be done under it, with the reason") {
          $0.trial.refused.map(\.description)
        },
      ]

      /// Why the run did not finish.
      var remark: String {
        let now = trial.metrics.now
        let alive = "\(counted(trial.liveCount, "task")) alive"
        return switch trial.outcome {
        case .limitReached, .idle: "stopped at the limit of \(now) ticks, with \(alive)"
        case .deadlock: "deadlock at tick \(now), with \(alive)"
        case .undecided: "no task is chosen at tick \(now), with \(alive)"
        default: "nothing can run at tick \(now), with \(alive)"
        }
      }
    }

    /// A column of the table: its value, and whether more or less of it is better.
    private struct Column: Sendable {
      let title: String
      let text: @Sendable (RunMetrics) -> String
      let isBetter: @Sendable (RunMetrics, RunMetrics) -> Bool

      /// A mean; less is better.
      init(_ title: String, _ value: @escaping @Sendable (RunMetrics) -> Rounded) {
        self.title = title
        text = { value($0).text }
        isBetter = { (value($0).value ?? .infinity) < (value($1).value ?? .infinity) }
      }

      /// A number; less is better.
      init(_ title: String, count: @escaping @Sendable (RunMetrics) -> Int) {
        self.title = title
        text = { String(count($0)) }
        isBetter = { count($0) < count($1) }
      }

      /// A share; more is better.
      init(_ title: String, share: @escaping @Sendable (RunMetrics) -> Rounded) {
        self.title = title
        text = { share($0).text }
        isBetter = { (share($0).value ?? 0) > (share($1).value ?? 0) }
      }

      static let all = [
        Column("RESPONSE") { $0.response.average },
        Column("TURNAROUND") { $0.turnaround.average },
        Column("WAIT") { $0.wait.average },
        Column("FAIRNESS", share: \.fairness),
        Column("TICKS", count: \.now),
        Column("SWITCHES", count: \.switches),
      ]
    }
  }
}
