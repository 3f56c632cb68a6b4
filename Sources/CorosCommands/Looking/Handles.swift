import CorosIO
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists what tasks have opened outside.
  enum Handles: SimpleCommand, GlancingCommand {
    static let manual = Manual(
      name: "handles",
      summary: "list open files, listeners and connections: whose, how many bytes, who waits",
      usage: "handles \(Glance.usage)",
      group: .looking,
      details: """
        In the order in which they were opened. A handle belongs to a task and is closed with it; BYTES IN and OUT \
        are what went through it so far. WAITING are the tasks that wait for it, what for, and since which tick. In \
        the past the list is as it was, while the connections themselves stay open at the end of the run. `help world` \
        tells more.
        """,
      example: "handles",
      seeAlso: ["ps", "why", "locks", "limit"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn cat /dev/null; step 2", "handles"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      guard shell.session.world != nil else { throw .noWorld(at: invocation.name.range) }
      return Result(handles: shell.session.handles.map { Row(handle: $0) })
    }

    struct Result: CommandResult, ResultObject {
      let handles: [Row]

      static let fields: [ResultField<Self>] = [
        .objects(
          "handles",
          "one object for each, in the order in which they were opened",
          \.handles
        )
      ]

      func text(in look: Look) -> String {
        handles.isEmpty
          ? "nothing is open: no file, listener or connection" : look.table(of: handles)
      }
    }

    struct Row: ListingRow {
      let handle: HandleInfo

      static let fields: [ResultField<Self>] = [
        .text("handle", "its name", \.handle.handle.description),
        .text("kind", "file, listener or connection", \.handle.kind.rawValue),
        .text(
          "address",
          "the path, or where it listens, or who is on the other side",
          \.handle.address
        ),
        .number("owner", "the task that it belongs to; 0 for the operator") {
          $0.handle.owner?.rawValue ?? 0
        },
        .number("received", "the bytes that have come in by it", \.handle.received),
        .number("sent", "the bytes that have gone out by it", \.handle.sent),
        .objects("waiting", "the tasks that wait for it, the first first") {
          $0.handle.waiters.map(Waiter.init)
        },
      ]

      static let columns: [TextTable.Column] = [
        .init("HANDLE"), .init("KIND"), .init("ADDRESS"), .init("TASK", .right),
        .init("IN", .right),
        .init("OUT", .right), .init("WAITING"),
      ]

      var cells: [TextTable.Cell] {
        [
          .init(handle.handle.description, .name), .init(handle.kind.rawValue),
          .init(excerpt(of: handle.address)), .init(handle.owner.map { "\($0)" } ?? "-"),
          .init("\(handle.received)"), .init("\(handle.sent)"),
          .init(waiting, handle.waiters.isEmpty ? .plain : .waiting),
        ]
      }

      private var waiting: String {
        if handle.waiters.isEmpty { return "-" }
        let words = handle.waiters.prefix(TaskWords.mostListed).map { party in
          "\(party.task) (\(party.purpose ?? "read"), since \(party.since))"
        }
        return TaskWords.listed(words, of: handle.waiters.count)
      }
    }
  }
}

extension Commands.Handles {
  /// A task that waits for a handle.
  struct Waiter: ResultObject {
    let party: ObjectInfo.Party

    static let fields: [ResultField<Self>] = [
      .number("tid", "the task", \.party.task.rawValue),
      .number("since", "the tick since which it waits", \.party.since),
      .text("mode", "what for: read or write") { $0.party.purpose ?? "read" },
      .numberOrNull("until", "the tick at which it gives up", \.party.deadline),
    ]
  }
}

extension CommandFailure {
  /// The failure of a command that needs a world, in a sandbox.
  static func noWorld(at range: SourceRange?) -> CommandFailure {
    CommandFailure(
      "a sandbox has no files, sockets or real time",
      at: range,
      hint: "start coros without --sandbox"
    )
  }
}
