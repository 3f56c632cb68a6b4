import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists what tasks share.
  enum Locks: SimpleCommand {
    static let manual = Manual(
      name: "locks",
      summary: "list locks and what else tasks share: who holds it, who waits",
      usage: "locks [NAME]",
      group: .looking,
      details: """
        Mutexes, semaphores, conditions, events, barriers, read-write locks and channels, in the order in which \
        they were made. SINCE is the tick at which the oldest holder got the object. WAITING are the tasks that \
        wait for it, in the order in which they get it. `why TID` says what else stands in a task's way.
        """,
      example: "locks",
      seeAlso: ["why", "queue", "ps"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn abba; step 11", "locks"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else {
        return Result(objects: shell.scheduler.objects.map(Row.init))
      }
      let found = shell.scheduler.objects(named: name.text)
      guard !found.isEmpty else {
        throw CommandFailure(
          "nothing that tasks share is called '\(excerpt(of: name.text))'",
          at: name.range,
          hint: "`locks` lists all of it"
        )
      }
      return Result(objects: found.map(Row.init))
    }

    struct Result: CommandResult, ResultObject {
      let objects: [Row]

      static let fields: [ResultField<Self>] = [
        .objects("objects", "one object for each, in the order in which they were made", \.objects)
      ]

      func text(in look: Look) -> String {
        objects.isEmpty
          ? "tasks share nothing: no lock, semaphore or channel has been made"
          : look.table(of: objects)
      }
    }

    struct Row: ListingRow {
      let object: ObjectInfo

      static let fields: [ResultField<Self>] = [
        .number("id", "its number") { Int($0.object.id.description) ?? 0 },
        .text("name", "its name", \.object.name),
        .text("kind", "what it is", \.object.kind),
        .text("detail", "what else there is to say of it, such as its value", \.object.summary),
        .number("maker", "the task that made it; 0 for the operator", \.object.maker.rawValue),
        .objects("holders", "the tasks that hold it, the oldest holder first") {
          $0.object.holders.map(Holder.init)
        },
        .objects("waiting", "the tasks that wait for it, the first first") {
          $0.object.waiters.map(Waiter.init)
        },
      ]

      static let columns: [TextTable.Column] = [
        .init("NAME"), .init("KIND"), .init("HELD BY", .right), .init("SINCE", .right),
        .init("WAITING"), .init("DETAIL"),
      ]

      var cells: [TextTable.Cell] {
        [
          .init(excerpt(of: object.name), .name), .init(object.kind),
          .init(Self.list(object.holders)),
          .init(object.holders.first.map { "\($0.since)" } ?? "-"),
          .init(Self.list(object.waiters), object.waiters.isEmpty ? .plain : .waiting),
          .init(excerpt(of: object.summary)),
        ]
      }

      /// Some tasks, each with what it is there for.
      private static func list(_ parties: [ObjectInfo.Party]) -> String {
        if parties.isEmpty { return "-" }
        let words = parties.prefix(TaskWords.mostListed).map { party in
          "\(party.task)" + (party.purpose.map { " (\($0))" } ?? "")
        }
        return TaskWords.listed(words, of: parties.count)
      }
    }

    struct Holder: ResultObject {
      let party: ObjectInfo.Party

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.party.task.rawValue),
        .number("since", "the tick since which it holds it", \.party.since),
        .textOrNull("mode", "how, where there are several ways, such as read", \.party.purpose),
      ]
    }

    struct Waiter: ResultObject {
      let party: ObjectInfo.Party

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.party.task.rawValue),
        .number("since", "the tick since which it waits", \.party.since),
        .textOrNull(
          "mode",
          "for what, where there are several ways, such as read",
          \.party.purpose
        ),
        .numberOrNull("until", "the tick at which it gives up", \.party.deadline),
      ]
    }
  }
}
