import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Brings a saved session back.
  enum Load: PrintingCommand {
    static let manual = Manual(
      name: "load",
      summary: "bring a saved session back",
      usage: "load FILE",
      group: .travel,
      details: """
        The journal in FILE is carried out on a new machine, without a word, and takes the place of this \
        one: its tasks, its clock, its past and its branches. When a line of it is wrong, or does not come \
        out as it did, that line is named and nothing has changed. FILE may also be one that \
        `export --jsonl` wrote: then each of its events is compared, too.
        """,
      example: "load lesson.journal",
      seeAlso: ["save", "export", "back", "reset"],
      completion: [.file, .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("file", .text, "the file"),
          .init("tick", .number, "the tick now"),
          .init("moment", .number, "the moment now"),
          .init("branch", .number, "the present branch"),
          .init("tasks", .number, "how many live tasks there are"),
        ])
      ],
      demonstration: ["spawn count 2; run 2; save lesson.journal; reset", "load lesson.journal"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      guard let file = invocation.arguments.first else {
        throw CommandFailure(
          "load needs a file",
          at: invocation.name.range,
          hint: "`save FILE` writes one"
        )
      }
      try invocation.allow(atMost: 1, manual)
      let run: SavedRun
      do throws(FileError) {
        run = SavedRun(try shell.files.open(file.text)) { [host = shell.host] in host.isInterrupted
        }
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      do throws(JournalError) {
        shell.session.adopt(
          try run.play(catalogue: shell.catalogue, isInterrupted: shell.session.isInterrupted)
        )
      } catch {
        throw CommandFailure(
          "\(excerpt(of: file.text, limit: 200)):\(error.line): \(error.message)",
          at: file.range,
          hint: error.hint.isEmpty ? "nothing has changed" : error.hint
        )
      }
      let machine = shell.machine
      shell.report([
        "command": "load", "file": .string(file.text), "tick": .int(shell.scheduler.now),
        "moment": .int(machine.moment), "branch": .int(machine.branch),
        "tasks": .int(shell.scheduler.liveTaskCount),
      ]) {
        "loaded: tick \(shell.scheduler.now), \(counted(shell.scheduler.liveTaskCount, "live task"))"
          + (machine.ahead > 0 ? "; \(shell.future)" : "")
      }
    }
  }
}
