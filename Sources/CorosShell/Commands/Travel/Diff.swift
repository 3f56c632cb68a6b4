import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Compares two runs.
  enum Diff: PrintingCommand {
    static let manual = Manual(
      name: "diff",
      summary: "show where two runs part",
      usage: "diff RUN RUN",
      group: .travel,
      details: """
        A RUN is one of these:

          branch:2                 a branch as it was recorded
          seed:42                  your commands with another seed
          policy:mlfq,quanta=2/4   your commands under another policy
          schedule:WORD            your commands, and steps as `schedule` prints them
          FILE                     a file with a journal or a schedule

        Both run beside each other, from the start, without a word; your commands are given before the same \
        steps as on the present branch. The first step at which anything differs is shown, with what \
        happened in it on both sides, and then which tasks came out differently. It stops after a million \
        steps.
        """,
      example: "diff branch:1 policy:fifo",
      seeAlso: ["branches", "schedule", "compare", "policy"],
      completion: [.words(["branch:", "seed:", "policy:", "schedule:"])]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("same", .truth, "whether the runs are the same"),
          .init("step", .orNull(.number), "the first step at which they part, counted from 1"),
          .init(
            "left",
            .orNull(.object(step)),
            "what happens in it in the first run, null if that is over"
          ),
          .init("right", .orNull(.object(step)), "and in the second"),
          .init(
            "results",
            .objects([
              .init("tid", .number, "the task"),
              .init("name", .text, "what it is called"),
              .init("left", .text, "how it came out in the first run"),
              .init("right", .text, "and in the second"),
            ]),
            "the tasks that came out differently"
          ),
        ])
      ],
      demonstration: ["spawn count 2; spawn count 1; run", "diff branch:1 policy:fifo"]
    )

    private static let step: [ResultKey] = [
      .init("tick", .number, "its tick"),
      .init("tid", .number, "the task that ran"),
      .init("what", .list(.text), "what happened, in words"),
    ]

    private static let mostSteps = 1_000_000

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      guard invocation.arguments.count >= 2 else {
        throw CommandFailure(
          "diff needs two runs",
          at: invocation.name.range,
          hint: "for example `\(manual.example)`"
        )
      }
      try invocation.allow(atMost: 2, manual)
      var sides: [Side] = []
      for argument in invocation.arguments {
        sides.append(Side(name: argument.text, run: try steppedRun(argument, shell)))
      }
      let difference: RunDifference?
      do throws(Divergence) {
        difference = try firstDifference(between: sides[0].run, and: sides[1].run, steps: mostSteps)
        {
          shell.isInterrupted
        }
        for side in sides where difference != nil {
          try side.finish(mostSteps) { shell.isInterrupted }
        }
      } catch {
        throw Shell.failure(of: error, at: invocation.name.range)
      }
      if shell.isInterrupted { throw shell.interruption }
      let changes = difference == nil ? [] : changes(sides[0], sides[1])
      report(difference, changes, sides, shell)
    }

    // MARK: Runs

    /// A run, and what its tasks write.
    private struct Side {
      let name: String
      let run: SteppedRun
      private let outputs = OutputRecorder()

      init(name: String, run: SteppedRun) {
        self.name = name
        self.run = run
        run.scheduler.add(outputs)
      }

      func finish(_ most: Int, unless condition: () -> Bool) throws(Divergence) {
        var count = 0
        while count < most, !condition(), try run.next() != nil { count += 1 }
      }

      /// How a task came out.
      func result(of tid: TaskID) -> String {
        guard let task = run.scheduler.info(tid) else { return "none" }
        let status = TaskWords.status(of: task).map(\.description) ?? task.state.word
        return status + (task.accounting.end.map { " at tick \($0)" } ?? "")
      }

      /// What a task wrote, as far as it is kept.
      func text(of tid: TaskID) -> [String] { outputs.outputs[tid].map { Array($0.kept) } ?? [] }

      var tids: [TaskID] { run.scheduler.tasks(includingEnded: true).map(\.tid) }
    }

    private static func steppedRun(
      _ argument: Argument,
      _ shell: Shell
    ) throws(CommandFailure) -> SteppedRun {
      let parts = argument.text.split(
        separator: ":",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      let value = parts.count > 1 ? String(parts[1]) : ""
      switch parts[0] {
      case "branch" where parts.count > 1:
        if let number = Int(value), let run = shell.machine.steppedRun(branch: number) {
          return run
        }
        throw CommandFailure(
          "there is no branch '\(excerpt(of: value))'",
          at: argument.range,
          hint: "`branches` lists them"
        )
      case "seed" where parts.count > 1:
        if let seed = UInt64(value) { return shell.machine.steppedRun(seed: seed) }
        throw CommandFailure(
          "the seed must be a whole number, not '\(excerpt(of: value))'",
          at: argument.range,
          hint: "as in seed:42"
        )
      case "policy" where parts.count > 1:
        let words = value.split(whereSeparator: { ",:".contains($0) }).map { String($0) }
        do throws(PolicyError) {
          let policy = try PolicyChoice.parse(
            name: words.first ?? "",
            settings: Array(words.dropFirst())
          )
          return shell.machine.steppedRun(policy: policy.make())
        } catch {
          throw CommandFailure(error.message, at: argument.range, hint: error.hint)
        }
      case "schedule" where parts.count > 1:
        return shell.machine.steppedRun(
          schedule: try shell.schedule(in: Argument(value, range: argument.range))
        )
      default:
        return try steppedRun(file: argument, shell)
      }
    }

    private static func steppedRun(
      file argument: Argument,
      _ shell: Shell
    ) throws(CommandFailure) -> SteppedRun {
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
      guard text.hasPrefix("coros journal") else {
        return shell.machine.steppedRun(schedule: try shell.schedule(in: argument))
      }
      do throws(JournalError) {
        let player = try JournalPlayer(
          text,
          catalogue: shell.catalogue,
          isInterrupted: shell.session.isInterrupted
        )
        let machine = player.session.machine
        if let run = machine.steppedRun(branch: machine.branch) { return run }
      } catch {
        throw CommandFailure(
          "\(excerpt(of: argument.text, limit: 200)):\(error.line): \(error.message)",
          at: argument.range,
          hint: error.hint
        )
      }
      throw CommandFailure("there is no such run", at: argument.range)
    }

    // MARK: Results

    /// A task that came out differently.
    private struct Change {
      let tid: TaskID
      let name: String
      let left: String
      let right: String
    }

    private static func changes(_ left: Side, _ right: Side) -> [Change] {
      var result: [Change] = []
      for tid in Swift.Set(left.tids + right.tids).sorted() {
        let name =
          (left.run.scheduler.info(tid) ?? right.run.scheduler.info(tid)).map(\.name) ?? ""
        var (first, second) = (left.result(of: tid), right.result(of: tid))
        let (written, others) = (left.text(of: tid), right.text(of: tid))
        if written != others {
          let same = zip(written, others).prefix { $0 == $1 }.count
          first += ", wrote " + quote(written.dropFirst(same).first)
          second += ", wrote " + quote(others.dropFirst(same).first)
        }
        if first != second {
          result.append(Change(tid: tid, name: name, left: first, right: second))
        }
      }
      return result
    }

    private static func quote(_ text: String?) -> String {
      text.map { "\"\(excerpt(of: $0))\"" } ?? "no more"
    }

    private static func report(
      _ difference: RunDifference?,
      _ changes: [Change],
      _ sides: [Side],
      _ shell: Shell
    ) {
      shell.report([
        "command": "diff", "same": .bool(difference == nil),
        "step": .int(difference.map { $0.step + 1 }),
        "left": json(difference?.left), "right": json(difference?.right),
        "results": .array(
          changes.map {
            [
              "tid": .int($0.tid.rawValue), "name": .string($0.name), "left": .string($0.left),
              "right": .string($0.right),
            ]
          }
        ),
      ]) {
        guard let difference else { return "the same, step by step" }
        var text = "they part at step \(difference.step + 1)\n"
        for (side, step) in zip(sides, [difference.left, difference.right]) {
          text += "\(shell.style.paint(excerpt(of: side.name), .heading))\n\(words(step, side))"
        }
        return text + table(changes, shell)
      }
    }

    private static func json(_ step: SteppedRun.Step?) -> JSON {
      guard let step else { return nil }
      return [
        "tick": .int(step.tick), "tid": .int(step.task?.rawValue),
        "what": .array(step.events.map { .string($0.text) }),
      ]
    }

    private static func words(_ step: SteppedRun.Step?, _ side: Side) -> String {
      guard let step else { return "  it is over at tick \(side.run.scheduler.now)\n" }
      let shown = 8
      var lines = step.events.prefix(shown).map { "  tick \($0.tick)  \($0.text)\n" }
      if step.events.count > shown {
        lines.append("  and \(step.events.count - shown) more\n")
      }
      return lines.joined()
    }

    private static func table(_ changes: [Change], _ shell: Shell) -> String {
      if changes.isEmpty { return "all tasks come out the same\n" }
      let shown = 20
      var table = TextTable(
        [.init("TID", .right), .init("NAME"), .init("FIRST"), .init("SECOND")],
        style: shell.style
      )
      for change in changes.prefix(shown) {
        table.append([
          .init("\(change.tid)", .heading), .init(change.name), .init(change.left),
          .init(change.right),
        ])
      }
      let more = changes.count > shown ? "and \(changes.count - shown) more\n" : ""
      return "these come out differently\n" + table.takeText() + more
    }
  }
}

extension Event {
  /// What happened, on one line.
  fileprivate var text: String {
    let (what, detail) = EventWords.line(self)
    return "task \(task) \(what)" + (detail.isEmpty ? "" : ": \(detail)")
  }
}
