import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Restores a saved session.
  enum Load: SimpleCommand {
    static let manual = Manual(
      name: "load",
      summary: "restore a saved session",
      usage: "load [--edited] FILE",
      group: .travel,
      details: """
        Replays the journal in FILE on a new machine, without output, and replaces this machine: tasks, \
        clock, past and branches. If a line is wrong, or the run does not come out as recorded, that line is \
        named and nothing changes. FILE may also be one that `export --jsonl` wrote: then each event is \
        compared as well.

        With --edited the commands in FILE are carried out anew, each at its tick, whatever comes of them: so a saved \
        session can be changed, such as `kill 5` to `kill 3`, and run again. A line that has become impossible is \
        passed over, and named.
        """,
      example: "load lesson.journal",
      seeAlso: ["save", "export", "back", "reset"],
      options: [
        .init("--edited", nil, "carry out the commands anew, whatever comes of them")
      ],
      completion: [.fileOf([".coros", ".journal", ".jsonl"]), .nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 2; run 2; save lesson.journal; reset", "load lesson.journal"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual, atMost: 1)
      guard let operand = options.operands.first else {
        throw CommandFailure(
          "load needs a file",
          at: invocation.name.range,
          hint: "`save FILE` writes one"
        )
      }
      let file = invocation.arguments[operand]
      let run: SavedRun
      do throws(FileError) {
        run = SavedRun(try shell.files.open(file.text), unless: shell.files.isInterrupted)
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      do throws(JournalError) {
        shell.session.adopt(
          try run.play(for: shell.session, isEdited: options.has("--edited"))
        )
      } catch {
        throw CommandFailure(
          "\(excerpt(of: file.text, limit: 200)):\(error.line): \(error.message)",
          at: file.range,
          hint: error.hint.isEmpty ? "nothing has changed" : error.hint
        )
      }
      return Result(
        file: file.text,
        tick: shell.scheduler.now,
        moment: shell.machine.moment,
        branch: shell.machine.branch,
        liveCount: shell.scheduler.liveTaskCount,
        ahead: shell.machine.ahead,
        lost: shell.lostHandles,
        skipped: run.skipped.map { SkippedLine(line: $0.line, why: $0.why) }
      )
    }

    struct Result: CommandResult, ResultObject {
      let file: String
      let tick: Tick
      let moment: Int
      let branch: Int
      let liveCount: Int
      /// The number of moments of recorded future ahead.
      let ahead: Int
      /// What has become of what was open; empty if nothing was.
      let lost: String
      /// The lines of an edited journal that have become impossible.
      let skipped: [SkippedLine]

      static let fields: [ResultField<Self>] = [
        .text("file", "the file", \.file),
        .number("tick", "the tick now", \.tick),
        .number("moment", "the moment now", \.moment),
        .number("branch", "the present branch", \.branch),
        .number("tasks", "the number of live tasks", \.liveCount),
        .objects("skipped", "the lines that --edited passed over", \.skipped),
      ]

      func text(in look: Look) -> String {
        "loaded: tick \(tick), \(counted(liveCount, "live task"))"
          + (ahead > 0 ? "; \(TravelWords.future(ahead))" : "")
          + (lost.isEmpty ? "" : "\n\(lost)")
          + skipped.map { "\nline \($0.line) is passed over: \($0.why)" }.joined()
      }
    }

    /// A line of an edited journal that has become impossible.
    struct SkippedLine: ResultObject {
      let line: Int
      let why: String

      static let fields: [ResultField<Self>] = [
        .number("line", "its number in the file", \.line),
        .text("why", "what is wrong with it now", \.why),
      ]
    }
  }
}
