import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows or sets the limits of the machine.
  enum Limit: SimpleCommand {
    static let manual = Manual(
      name: "limit",
      summary: "show or set the limits of the machine",
      usage: "limit [tasks N | output BYTES | handles N | recording BYTES]",
      group: .machine,
      details: """
        Beyond the limit of `tasks` no task can be created: `spawn` fails, and so does a task's own NewTask. \
        That stops a fork bomb. Beyond the limit of `output`, in bytes, Coros drops the oldest text of a \
        task; each line counts 16 bytes more than it has. At the prompt no more than that is shown of a task \
        until your next command, or per second in live mode. The output of a script is never cut.

        At the limit of `handles`, opening one or taking a connection waits until another is closed; at first it is \
        what the system allows. When what came in from outside takes as many bytes as the limit of `recording`, the \
        machine stops: half a recording could repeat nothing.
        """,
      example: "limit tasks 100",
      seeAlso: ["spawn", "output", "programs"],
      completion: [.words(names), .nothing]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(
      notes:
        "Of all tasks together 16 MiB of output are kept, or the limit of one task if that is more.",
      demonstration: ["limit tasks 100", "limit"]
    )

    private static let names = ["tasks", "output", "handles", "recording"]

    struct Result: CommandResult, ResultObject {
      var tasks: Int?
      var output: Int?
      var handles: Int?
      var recording: Int?

      static let fields: [ResultField<Self>] = [
        .sometimes(
          "tasks",
          .number,
          "the maximum number of tasks; absent if another limit was named"
        ) {
          $0.tasks.map { .int($0) }
        },
        .sometimes(
          "output",
          .number,
          "the bytes kept of each task's output; absent if another limit was named"
        ) {
          $0.output.map { .int($0) }
        },
        .sometimes(
          "handles",
          .number,
          "the maximum number of open handles; only if it was named"
        ) {
          $0.handles.map { .int($0) }
        },
        .sometimes(
          "recording",
          .number,
          "the bytes kept of what comes in from outside; only if it was named"
        ) {
          $0.recording.map { .int($0) }
        },
      ]

      func text(in look: Look) -> String {
        let lines = [
          tasks.map { "at most \(counted($0, "task"))\n" },
          output.map { "at most \(counted($0, "byte")) kept of each task's output\n" },
          handles.map { "at most \(counted($0, "open handle"))\n" },
          recording.map { "at most \(counted($0, "byte")) kept of what comes in from outside\n" },
        ]
        return lines.compactMap(\.self).joined()
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 2, manual)
      let session = shell.session
      guard let name = invocation.arguments.first else {
        return Result(tasks: session.scheduler.taskLimit, output: session.outputLimit)
      }
      let isSet = invocation.arguments.count == 2
      switch name.text {
      case "tasks":
        if isSet {
          session.setTaskLimit(try invocation.integer(1, "the limit", in: 0...10_000_000))
        }
        return Result(tasks: session.scheduler.taskLimit, output: nil)
      case "output":
        if isSet {
          session.outputLimit = try invocation.integer(1, "the limit", in: 1...1_000_000_000)
        }
        return Result(tasks: nil, output: session.outputLimit)
      case "handles":
        guard let limit = session.handleLimit else { throw .noWorld(at: name.range) }
        if !isSet { return Result(handles: limit) }
        let wanted = try invocation.integer(1, "the limit", in: 0...1_000_000)
        do throws(RequestFailure) {
          try session.setHandleLimit(wanted)
        } catch {
          throw CommandFailure("\(error)", at: name.range)
        }
        return Result(handles: wanted)
      case "recording":
        guard session.worldSettings != nil else { throw .noWorld(at: name.range) }
        if isSet {
          session.worldSettings?.recordingLimit =
            try invocation.integer(1, "the limit", in: 1...1_000_000_000_000)
        }
        return Result(recording: session.worldSettings?.recordingLimit)
      default:
        throw CommandFailure(
          "there is no limit '\(excerpt(of: name.text))'",
          at: name.range,
          hint: Suggestion.question(for: name.text, among: names) ?? "usage: \(manual.usage)"
        )
      }
    }
  }
}
