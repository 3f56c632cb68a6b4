import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Compares two runs.
  enum Diff: SimpleCommand {
    static let manual = Manual(
      name: "diff",
      summary: "show where two runs differ",
      usage: "diff RUN RUN",
      group: .travel,
      details: """
        A RUN is one of these:

          branch:2                 a branch as it was recorded
          seed:42                  your commands with another seed
          policy:mlfq,quanta=2/4   your commands under another policy
          schedule:WORD            your commands, and steps as `schedule` prints them
          FILE                     a file with a journal or a schedule

        Both run from the start, without output; your commands come at the same ticks as on the present \
        branch, and with a schedule before the same steps. Coros shows the first step that differs, with what happened in it on both sides, and the \
        tasks that came out differently. It stops after a million steps.
        """,
      example: "diff branch:1 policy:fifo",
      seeAlso: ["branches", "schedule", "compare", "policy"],
      completion: [.words(["branch:", "seed:", "policy:", "schedule:"])]
    )

    static let isLooking = true

    /// It looks, but may take a while.
    static func access(hasWords: Bool) -> GuestAccess { .past }

    static let reference = Reference(
      demonstration: ["spawn count 2; spawn count 1; run", "diff branch:1 policy:fifo"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard invocation.arguments.count >= 2 else {
        throw CommandFailure(
          "diff needs two runs",
          at: invocation.name.range,
          hint: "for example `\(manual.example)`"
        )
      }
      try invocation.allow(atMost: 2, manual)
      let left = try steppedRun(invocation.arguments[0], shell)
      let right = try steppedRun(invocation.arguments[1], shell)
      let comparison = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.compare(left, right)
      }
      return Result(names: invocation.arguments.map(\.text), comparison: comparison)
    }

    // MARK: Runs

    private static func steppedRun(
      _ argument: Argument,
      _ shell: Shell
    ) throws(CommandFailure) -> SteppedRun {
      let source = try source(argument, shell)
      do throws(JournalError) {
        if let run = try shell.session.steppedRun(of: source) { return run }
      } catch {
        throw CommandFailure(
          "\(excerpt(of: argument.text, limit: 200)):\(error.line): \(error.message)",
          at: argument.range,
          hint: error.hint
        )
      }
      throw noBranch(argument)
    }

    private static func source(
      _ argument: Argument,
      _ shell: Shell
    ) throws(CommandFailure) -> RunSource {
      let parts = argument.text.split(
        separator: ":",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard parts.count > 1 else { return try file(argument, shell) }
      let value = String(parts[1])
      switch parts[0] {
      case "branch":
        guard let number = Int(value) else { throw noBranch(argument) }
        return .branch(number)
      case "seed":
        if let seed = UInt64(value) { return .seed(seed) }
        throw CommandFailure(
          "the seed must be a whole number, not '\(excerpt(of: value))'",
          at: argument.range,
          hint: "as in seed:42"
        )
      case "policy":
        let words = value.split(whereSeparator: { ",:".contains($0) }).map { String($0) }
        do throws(PolicyError) {
          return .policy(
            try PolicyChoice.parse(name: words.first ?? "", settings: Array(words.dropFirst()))
          )
        } catch {
          throw CommandFailure(error.message, at: argument.range, hint: error.hint)
        }
      case "schedule":
        return .schedule(try shell.schedule(in: Argument(value, range: argument.range)))
      default:
        return try file(argument, shell)
      }
    }

    private static func noBranch(_ argument: Argument) -> CommandFailure {
      CommandFailure(
        "there is no branch '\(excerpt(of: String(argument.text.dropFirst("branch:".count))))'",
        at: argument.range,
        hint: "`branches` lists them"
      )
    }

    private static func file(
      _ argument: Argument,
      _ shell: Shell
    ) throws(CommandFailure) -> RunSource {
      let text: String
      do throws(FileError) {
        text = try shell.files.text(of: argument.text)
      } catch {
        throw CommandFailure(
          error,
          at: argument.range,
          hint: "a run is branch:N, seed:N, policy:NAME, schedule:WORD or a file"
        )
      }
      if let journal = SavedRun.journal(inExport: text) { return .journal(journal) }
      return text.hasPrefix("coros journal")
        ? .journal(text) : .schedule(try shell.schedule(in: argument))
    }

    // MARK: Results

    struct Result: CommandResult, ResultObject {
      /// The runs as typed.
      let names: [String]
      let comparison: RunComparison

      private var changes: [Row] { comparison.changes.map(Row.init) }

      static let fields: [ResultField<Self>] = [
        .truth("same", "whether the runs are the same") { $0.comparison.difference == nil },
        .numberOrNull("step", "the first step that differs, counted from 1") {
          $0.comparison.difference.map { $0.step + 1 }
        },
        .objectOrNull(
          "left",
          "that step of the first run, null if the run is over",
          \.comparison.difference?.left
        ),
        .objectOrNull(
          "right",
          "that step of the second run, likewise",
          \.comparison.difference?.right
        ),
        .objects("results", "the tasks with different results", \.changes),
      ]

      func text(in look: Look) -> String {
        guard let difference = comparison.difference else { return "the same, step by step" }
        let ends = [comparison.ends.left, comparison.ends.right]
        var text = "they differ from step \(difference.step + 1)\n"
        for (index, step) in [difference.left, difference.right].enumerated() {
          text += look.style.paint(excerpt(of: names[index]), .heading) + "\n"
          text += step?.text ?? "  it is over at tick \(ends[index])\n"
        }
        return text + table(in: look)
      }

      private func table(in look: Look) -> String {
        let changes = changes
        if changes.isEmpty { return "all tasks have the same result\n" }
        let shown = 20
        let more = changes.count > shown ? "and \(changes.count - shown) more\n" : ""
        return "these tasks have different results\n" + look.table(of: Array(changes.prefix(shown)))
          + more
      }
    }

    /// A task with different results, in words.
    struct Row: ListingRow {
      let tid: TaskID
      let name: String
      let left: String
      let right: String

      init(_ change: TaskChange) {
        tid = change.tid
        name = (change.left ?? change.right)?.name ?? ""
        left = Self.words(change.left) + Self.wrote(change.writes.map(\.left))
        right = Self.words(change.right) + Self.wrote(change.writes.map(\.right))
      }

      /// How a task ended.
      private static func words(_ task: TaskInfo?) -> String {
        guard let task else { return "none" }
        let status = task.status.map(\.description) ?? task.state.word
        return status + (task.accounting.end.map { " at tick \($0)" } ?? "")
      }

      /// The first different output of the task, if there is any.
      private static func wrote(_ text: String??) -> String {
        text.map { ", wrote " + ($0.map { "\"\(excerpt(of: $0))\"" } ?? "no more") } ?? ""
      }

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.tid.rawValue),
        .text("name", "its name", \.name),
        .text("left", "its result in the first run", \.left),
        .text("right", "its result in the second run", \.right),
      ]

      static let columns: [TextTable.Column] = [
        .init("TID", .right), .init("NAME"), .init("FIRST"), .init("SECOND"),
      ]

      var cells: [TextTable.Cell] {
        [.init("\(tid)", .heading), .init(name), .init(left), .init(right)]
      }
    }
  }
}

extension SteppedRun.Step {
  /// The events of the step, one per line; of very many, the first.
  fileprivate var text: String {
    let shown = 8
    let lines = events.prefix(shown).map { "  tick \($0.tick)  \(Self.text(of: $0))\n" }
    return lines.joined()
      + (events.count > shown ? "  and \(events.count - shown) more\n" : "")
  }
}
