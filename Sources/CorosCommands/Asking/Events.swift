import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Finds what has happened.
  enum Events: ShellCommand {
    static let manual = Manual(
      name: "events",
      summary: "find what has happened: which events, of which task, when",
      usage: "events [TID] [KIND|CALL|you] [FROM..TO] [--count] [--by FIELD] \(Page.usage)",
      group: .asking,
      details: """
        Everything since the beginning is recorded, and `events` looks for what you name, in any order: a task, a \
        kind of events or a system call, and the ticks from FROM to just before TO; `you` are the things that you \
        did. Kinds: \(kinds). `call` are all system calls, and `preempted` the moments at which the CPU was taken \
        from a task that could have gone on. --count only counts; --by counts for each value of a field: \
        \(fields).
        """,
      example: "events 1 preempted --by who",
      seeAlso: ["when", "trace", "timeline", "export"],
      options: [
        .init("--count", nil, "only count them"),
        .init("--by", "FIELD", "count them for each value"),
      ],
      completion: [
        .words(EventKind.all.map { $0.word.replacing(" ", with: "-") } + ["call", "you"])
      ]
    )

    private static let kinds = EventKind.all.map { $0.word.replacing(" ", with: "-") }
      .joined(separator: ", ")
    private static let fields = (["who"] + PastEvent.Field.allCases.map(\.rawValue))
      .joined(separator: ", ")

    static let reference = Reference(
      notes: Page.notes,
      demonstration: [
        "spawn count 2; spawn clock 3; run", "events wrote", "events 1 call --by call",
      ]
    )

    static var lines: [ResultLine] { Result.lines + Count.lines }

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      var invocation = invocation
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      let options = try OptionWords(invocation, manual)
      let query = try query(options, invocation, shell)
      let field = try field(options)
      if field != nil || options.has("--count") {
        let count = try count(query, by: field, invocation, shell)
        return Results(of: manual.name, in: shell).add(count)
      }
      let list = EventList(results.list(Result(), page))
      try shell.ask(invocation) { session throws(RequestFailure) in
        try session.findEvents(query) { event in list.add(event) }
      }
      list.end { page.footer(total: $0, "event") }
    }

    private static func count(
      _ query: EventQuery,
      by field: PastEvent.Field?,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> Count {
      try shell.ask(invocation) { session throws(RequestFailure) in
        guard let field else { return Count(count: try session.count(query), by: nil) }
        let values = try session.count(query, by: field).map {
          Count.Value(value: $0.value, count: $0.count)
        }
        return Count(count: values.reduce(0) { $0 + $1.count }, by: values)
      }
    }

    // MARK: The question

    private static func query(
      _ options: OptionWords,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> EventQuery {
      var query = EventQuery()
      for index in options.operands {
        let word = invocation.arguments[index]
        if TickRange.isRange(word) {
          guard query.from == nil, query.to == nil else { throw twice("a range", word) }
          let range = try TickRange(word)
          try range.requireTicks()
          (query.from, query.to) = (range.from, range.to)
        } else if let subject = subject(word.text) {
          guard query.subject == .all else { throw twice("a kind", word) }
          query.subject = subject
        } else {
          guard query.task == nil else { throw twice("a task", word) }
          query.task = try task(index, invocation, shell)
        }
      }
      return query
    }

    private static func subject(_ word: String) -> EventQuery.Subject? {
      if word == "you" || word == "operator" { return .acts }
      if let kind = EventKind.named(word) { return .kind(kind) }
      let name = EventWords.calls.first { $0.lowercased() == word.lowercased() }
      return name.map { .call($0) }
    }

    private static func task(
      _ index: Int,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> TaskID {
      do throws(CommandFailure) {
        return try invocation.tid(index, in: shell)
      } catch {
        let word = invocation.arguments[index].text
        let known = EventKind.all.map(\.word) + EventWords.calls
        guard let question = Suggestion.question(for: word, among: known) else { throw error }
        throw CommandFailure(
          "'\(excerpt(of: word))' is no task, no kind of events, and no system call",
          at: invocation.arguments[index].range,
          hint: question
        )
      }
    }

    private static func field(_ options: OptionWords) throws(CommandFailure) -> PastEvent.Field? {
      guard let word = options.value("--by") else { return nil }
      if let field = PastEvent.Field.named(word.text) { return field }
      throw CommandFailure(
        "events have no field '\(excerpt(of: word.text))'",
        at: word.range,
        hint: "one of \(fields)"
      )
    }

    private static func twice(_ what: String, _ word: Argument) -> CommandFailure {
      CommandFailure(
        "there is \(what) already",
        at: word.range,
        hint: "usage: \(manual.usage)"
      )
    }

    // MARK: The answer

    struct Result: ListingResult {
      var count = 0

      static let list = (key: "events", meaning: "one object for each, oldest first")
      static let tail: [ResultField<Self>] = [.number("count", "how many were found", \.count)]

      struct Row: ListingRow {
        let event: PastEvent

        static let fields: [ResultField<Self>] = [
          .number("tick", "when it happened", \.event.tick),
          .number("tid", "the task; 0 is the operator", \.event.task.rawValue),
          .text("kind", "what happened", \.event.kind),
          .textOrNull(
            "call",
            "the system call, for the kinds `trapped` and `resisted`",
            \.event.call
          ),
          .numberOrNull("by", "who did it to the task; 0 is the operator") {
            $0.event.by?.rawValue
          },
          .text("detail", "more about it; may be empty", \.event.detail),
        ]

        static let columns: [TextTable.Column] = [
          .init("TICK", .right), .init("TASK", .right), .init("KIND"), .init("DETAIL"),
        ]

        var cells: [TextTable.Cell] {
          [
            .init(event.tick), .init(event.task.rawValue), .init(event.kind), .init(event.detail),
          ]
        }
      }
    }

    /// How many events were found.
    struct Count: CommandResult, ResultObject {
      let count: Int
      let by: [Value]?

      static let occasion = "With --count or --by:"
      static let fields: [ResultField<Self>] = [
        .number("count", "how many were found", \.count),
        .sometimes("by", .objects(Value.keys), "with --by: how many of each value, most first") {
          $0.by.map { .array($0.map(\.json)) }
        },
      ]

      struct Value: ListingRow {
        let value: String
        let count: Int

        static let fields: [ResultField<Self>] = [
          .text("value", "the value of the field; `-` for none", \.value),
          .number("count", "how many events have it", \.count),
        ]

        static let columns: [TextTable.Column] = [.init("COUNT", .right), .init("VALUE")]
        var cells: [TextTable.Cell] { [.init(count), .init(value)] }
      }

      func text(in look: Look) -> String {
        let total = counted(count, "event")
        guard let by, !by.isEmpty else { return total }
        return look.table(of: by) + look.style.paint(total, .faint)
      }
    }
  }
}

/// A listing of events that a closure adds to.
private final class EventList {
  private var listing: Listing<Commands.Events.Result>

  init(_ listing: Listing<Commands.Events.Result>) { self.listing = listing }

  /// Adds an event; false when nobody needs the others.
  func add(_ event: PastEvent) -> Bool {
    listing.add(.init(event: event))
    listing.writeIfDue()
    return true
  }

  func end(_ footer: (Int) -> String) {
    let found = listing.found
    listing.result.count = found
    listing.end { look in
      found == 0 ? "nothing like that has happened" : look.style.paint(footer(found), .faint)
    }
  }
}
