import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows the recent output of a task.
  enum Output: SimpleCommand {
    static let manual = Manual(
      name: "output",
      summary: "show the last lines that a task has written",
      usage: "output TID [N]",
      group: .looking,
      details: """
        Shows the last N lines (default: 100), whether or not the task is still alive. Coros keeps as many \
        bytes of each task as `limit output` says, and drops the oldest. At the prompt it shows no more than \
        that of a task until your next command.
        """,
      example: "output 1 20",
      seeAlso: ["limit", "info", "trace"],
      completion: [.anyTask, .nothing]
    )

    static let reference = Reference(demonstration: ["spawn count 3; run", "output 1 2"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 2, manual)
      let tid = try invocation.tid(0, in: shell)
      let most =
        invocation.arguments.count > 1
        ? try invocation.integer(1, "the number of lines", in: 1...1_000_000_000) : 100
      shell.monitor.flush()
      guard let output = shell.session.output(of: tid, last: most) else {
        throw shell.noTask(tid, at: invocation.arguments[0].range)
      }
      return Result(output: output)
    }

    struct Result: CommandResult, ResultObject {
      let output: TaskOutput

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.output.tid.rawValue),
        .texts("lines", "the last lines of its output", \.output.lines),
        .number("written_bytes", "the number of bytes it has written", \.output.writtenBytes),
        .number(
          "dropped_bytes",
          "the number of those bytes that are no longer kept",
          \.output.droppedBytes
        ),
      ]

      func text(in look: Look) -> String {
        let tid = output.tid
        guard output.isKept else {
          return output.isPerhapsForgotten
            ? "no output of task \(tid) is kept"
            : "task \(tid) has written nothing"
        }
        return look.style.paint(remark, .faint) + output.lines.map { $0 + "\n" }.joined()
      }

      /// The text above the lines: what is not shown.
      private var remark: String {
        if output.earlierLines > 0 {
          let all = output.lines.count + output.earlierLines
          return "\(counted(output.earlierLines, "earlier line")) not shown; "
            + "`output \(output.tid) \(all)` shows all that is kept\n"
        }
        guard output.droppedBytes > 0 else { return "" }
        return
          "the first \(output.droppedBytes) of \(counted(output.writtenBytes, "byte")) are no longer kept\n"
      }
    }
  }
}
