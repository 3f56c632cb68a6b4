import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists what tasks share.
  enum Locks: SimpleCommand, GlancingCommand {
    static let manual = Manual(
      name: "locks",
      summary: "list locks and what else tasks share: who holds it, who waits",
      usage: "locks [NAME] \(Glance.usage)",
      group: .looking,
      details: """
        Mutexes, semaphores, conditions, events, barriers, read-write locks and channels, in the order in which \
        they were made. SINCE is the tick at which the oldest holder got the object. WAITING are the tasks that \
        wait for it, in the order in which they get it. `why TID` says what else stands in a task's way. With NAME \
        you also see what its holder waits for, and its longest hold and wait; `stats locks` has more of that.
        """,
      example: "locks",
      seeAlso: ["why", "queue", "ps", "stats"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn abba; step 11", "locks", "locks A"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let (book, scheduler) = (shell.session.recorders.sharing, shell.scheduler)
      func rows(_ objects: [ObjectInfo]) -> [Row] {
        objects.map { Row(object: $0, thing: book[$0.id], now: scheduler.now) }
      }
      guard let first = invocation.arguments.first, let last = invocation.arguments.last else {
        return Result(objects: rows(scheduler.objects), scheduler: nil)
      }
      let name = invocation.arguments.map(\.text).joined(separator: " ")
      let found = scheduler.objects(named: name)
      guard !found.isEmpty else {
        throw CommandFailure(
          "nothing that tasks share is called '\(excerpt(of: name))'",
          at: first.range.lowerBound..<last.range.upperBound,
          hint: Suggestion.question(for: name, among: scheduler.objects.map(\.name))
            ?? "`locks` lists all of it"
        )
      }
      return Result(objects: rows(found), scheduler: scheduler)
    }

    struct Result: CommandResult, ResultObject {
      let objects: [Row]
      /// Where the objects were asked for by name: the machine that they belong to.
      let scheduler: Scheduler?

      static let fields: [ResultField<Self>] = [
        .objects("objects", "one object for each, in the order in which they were made", \.objects)
      ]

      func text(in look: Look) -> String {
        if let scheduler { return objects.map { $0.facts(scheduler) }.joined() }
        return objects.isEmpty
          ? "tasks share nothing: no lock, semaphore or channel has been made"
          : look.table(of: objects)
      }
    }

    struct Row: ListingRow {
      let object: ObjectInfo
      /// What has happened to it; nil when nothing has.
      let thing: SharedThing?
      let now: Tick

      var longestHold: SharedThing.Record? { thing?.longestHold(at: now) }
      var longestWait: SharedThing.Record? { thing?.longestWait(at: now) }

      static let fields: [ResultField<Self>] = [
        .number("id", "its number") { Int($0.object.id.description) ?? 0 },
        .text("name", "its name", \.object.name),
        .text("kind", "what it is", \.object.kind),
        .numberOrNull(
          "value",
          "how many it has of what it counts, such as permits",
          \.object.count
        ),
        .numberOrNull("capacity", "the most that it can have of that", \.object.maximum),
        .text("detail", "what else there is to say of it, such as its value", \.object.summary),
        .number("maker", "the task that made it; 0 for the operator", \.object.maker.rawValue),
        .objects("holders", "the tasks that hold it, the oldest holder first") {
          $0.object.holders.map(Holder.init)
        },
        .objects("waiting", "the tasks that wait for it, the first first") {
          $0.object.waiters.map(Waiter.init)
        },
        .number("taken", "how often a task got it, or a permit of it") { $0.thing?.taken ?? 0 },
        .number("takers", "how many tasks that were") { $0.thing?.takers.count ?? 0 },
        .objectOrNull("longest_hold", "the longest time for which a task held it") {
          $0.longestHold.map(Span.init)
        },
        .objectOrNull("longest_wait", "the longest time for which a task waited for it") {
          $0.longestWait.map(Span.init)
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

    /// A hold or a wait.
    struct Span: ResultObject {
      let record: SharedThing.Record

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.record.task.rawValue),
        .number("from", "the tick at which it began", \.record.from),
        .number("ticks", "how long it was, up to now if it is not over", \.record.ticks),
      ]
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

extension Commands.Locks.Row {
  /// All that is known of the object, in sentences.
  func facts(_ scheduler: Scheduler) -> String {
    var lines = [head(scheduler)]
    if !object.waiters.isEmpty { lines.append("waiting: " + list(object.waiters, scheduler)) }
    for holder in object.holders.prefix(TaskWords.mostListed) {
      guard let task = scheduler.info(holder.task), let reason = TaskWords.reason(of: task) else {
        continue
      }
      let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
      let what = EventWords.waiting(for: reason, until: task.deadline)
      lines.append("task \(holder.task) itself waits for \(what)\(since)")
    }
    if let records { lines.append(records) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(_ scheduler: Scheduler) -> String {
    var text = "\(excerpt(of: object.name)) is \(article) \(object.kind)"
    if !object.summary.isEmpty { text += " (\(excerpt(of: object.summary)))" }
    if !object.holders.isEmpty {
      text += ", held by " + list(object.holders, scheduler)
    } else if thing?.isHeldAtTimes ?? false {
      text += ", which nobody holds"
    }
    guard let thing, thing.taken > 0 else { return text }
    return text + "; it has been taken \(counted(thing.taken, "time")), "
      + "by \(counted(thing.takers.count, "task"))"
  }

  private var article: String {
    object.kind.first.map { "aeiou".contains($0) } ?? false ? "an" : "a"
  }

  private func list(_ parties: [ObjectInfo.Party], _ scheduler: Scheduler) -> String {
    let words = parties.prefix(TaskWords.mostListed).map { party in
      "task \(party.task)\(TaskWords.inParentheses(party.task, scheduler))"
        + (party.purpose.map { " to \($0)" } ?? "") + " since tick \(party.since)"
        + (party.deadline.map { ", at most until tick \($0)" } ?? "")
    }
    return TaskWords.listed(words, of: parties.count)
  }

  private var records: String? {
    var parts: [String] = []
    if let hold = longestHold {
      parts.append(
        "longest hold \(counted(hold.ticks, "tick")), by task \(hold.task) from tick \(hold.from)"
      )
    }
    if let wait = longestWait {
      parts.append(
        "longest wait \(counted(wait.ticks, "tick")), by task \(wait.task) from tick \(wait.from)"
      )
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
