import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows what a task has written.
  enum Output: PrintingCommand {
    static let manual = Manual(
      name: "output",
      summary: "show the last lines that a task has written",
      usage: "output TID [N]",
      group: .looking,
      details: """
        The last N, 100 unless you say otherwise, whether or not the task still lives. Of each task so \
        many bytes are kept as `limit output` says, and at the prompt no more than that is shown of it \
        until your next command; what is older is dropped, and it says so.
        """,
      example: "output 1 20",
      seeAlso: ["limit", "info", "trace"],
      completion: [.anyTask, .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("tid", .number, "the task"),
          .init("lines", .list(.text), "the last lines that it has written"),
          .init("written_bytes", .number, "how much it has written in all"),
          .init("dropped_bytes", .number, "how much of that is not kept"),
        ])
      ],
      demonstration: ["spawn count 3; run", "output 1 2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 2, manual)
      let tid = try invocation.tid(0, in: shell)
      let most =
        invocation.arguments.count > 1
        ? try invocation.integer(1, "the number of lines", in: 1...1_000_000_000) : 100
      shell.monitor.flush()
      let output = shell.session.recorders.outputs[tid]
      if output == nil, shell.scheduler.info(tid) == nil {
        throw shell.noTask(tid, at: invocation.arguments[0].range)
      }
      let lines = lines(of: output)
      let shown = lines.suffix(most)
      shell.report([
        "command": "output",
        "tid": .int(tid.rawValue),
        "lines": .array(shown.map { .string($0) }),
        "written_bytes": .int(output?.writtenBytes ?? 0),
        "dropped_bytes": .int(output?.droppedBytes ?? 0),
      ]) {
        guard let output else { return nothing(of: tid, shell) }
        var text = ""
        if shown.count < lines.count {
          text =
            "\(counted(lines.count - shown.count, "earlier line")) not shown; "
            + "`output \(tid) \(lines.count)` shows all that is kept\n"
        } else if output.droppedBytes > 0 {
          text =
            "of \(counted(output.writtenBytes, "byte")) the first \(output.droppedBytes) are not kept\n"
        }
        return shell.style.paint(text, .faint) + shown.map { $0 + "\n" }.joined()
      }
    }

    private static func lines(of output: KeptOutput?) -> [String] {
      guard let output else { return [] }
      return output.kept.flatMap { text in
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
          .map { String(Substring($0)) }
      }
    }

    private static func nothing(of tid: TaskID, _ shell: Shell) -> String {
      shell.session.recorders.outputs.hasForgotten
        ? "nothing that task \(tid) may have written is kept" : "task \(tid) has written nothing"
    }
  }
}
