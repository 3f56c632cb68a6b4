import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands.Stats {
  /// Lists the figures of locks and of what else tasks share.
  static func listLocks(
    _ page: Page,
    in shell: Shell,
    _ results: Results<LockResult>
  ) throws(CommandFailure) {
    let (book, now) = (shell.session.recorders.sharing, shell.scheduler.now)
    var listing = results.list(LockResult(), page)
    for object in shell.scheduler.objects {
      try listing.look()
      listing.add(.init(object: object, thing: book[object.id], now: now))
    }
    let found = listing.found
    listing.end { look in
      found == 0
        ? "tasks share nothing: no lock, semaphore or channel has been made"
        : look.style.paint(page.footer(total: found, "object"), .faint)
    }
  }

  /// The figures of all that tasks share.
  struct LockResult: ListingResult {
    static let list = (
      key: "locks", meaning: "with `stats locks`: one object for each, in the order of making"
    )

    struct Row: ListingRow {
      let object: ObjectInfo
      /// What has happened to it; nil when nothing has.
      let thing: SharedThing?
      let now: Tick

      private var longestWait: SharedThing.Record? { thing?.longestWait(at: now) }
      private var longestHold: SharedThing.Record? { thing?.longestHold(at: now) }
      private var isHeld: Bool { thing?.isHeldAtTimes ?? false }
      private var meanWait: Rounded { thing?.meanWait(at: now) ?? Rounded(nil, places: 2) }

      static let fields: [ResultField<Self>] = [
        .number("id", "its number", \.object.id.rawValue),
        .text("name", "its name", \.object.name),
        .text("kind", "what it is", \.object.kind),
        .number("taken", "how often a task got it, or a permit of it") { $0.thing?.taken ?? 0 },
        .number("takers", "how many tasks that were") { $0.thing?.takers.count ?? 0 },
        .number("contended", "how often a task had to wait for it") { $0.thing?.contended ?? 0 },
        .number("wait_total", "the ticks that tasks have waited for it") {
          $0.thing?.waited(at: $0.now) ?? 0
        },
        ResultField("wait_mean", .orNull(.number), "the same for each wait, on average") {
          $0.meanWait.json
        },
        .numberOrNull("wait_max", "the ticks of the longest wait", \.longestWait?.ticks),
        .number("held_total", "the ticks for which tasks have held it") {
          $0.thing?.held(at: $0.now) ?? 0
        },
        .numberOrNull("held_max", "the ticks of the longest hold", \.longestHold?.ticks),
        .number("queue_max", "the most tasks that waited at once") {
          $0.thing?.longestQueue ?? 0
        },
        .number("timeouts", "how many waits ended since their time was up") {
          $0.thing?.timeouts ?? 0
        },
        .number("left_behind", "how often a task ended while it held it") {
          $0.thing?.leftBehind ?? 0
        },
      ]

      static let columns: [TextTable.Column] =
        [.init("NAME"), .init("KIND")]
        + [
          "TAKEN", "CONTENDED", "WAIT", "MEAN", "MAX", "HELD", "MAX", "QUEUE", "TIMEOUTS",
          "LEFT BEHIND",
        ].map { .init($0, .right) }

      var cells: [TextTable.Cell] {
        [
          .init(excerpt(of: object.name), .name), .init(object.kind), .init(thing?.taken ?? 0),
          .init(thing?.contended ?? 0), .init(thing?.waited(at: now) ?? 0),
          .init(meanWait.text), .init(longestWait?.ticks),
          isHeld ? .init(thing?.held(at: now) ?? 0) : "-", .init(longestHold?.ticks),
          .init(thing?.longestQueue ?? 0), .init(thing?.timeouts ?? 0),
          .init(thing?.leftBehind ?? 0),
        ]
      }
    }
  }

  /// For how long a task has waited for locks, and has kept others waiting.
  struct TaskResult: CommandResult, ResultObject {
    let row: Result.Row
    let blame: SharingBook.Blame

    static let occasion = "With `stats TID`:"
    static let fields: [ResultField<Self>] = [
      .object("task", "the figures of the task, as in the list", \.row),
      .number("lock_wait", "the ticks for which it has waited for locks", \.blame.waited),
      .number(
        "lock_blame",
        "the ticks for which others have waited for locks that it held, all of them together",
        \.blame.caused
      ),
    ]

    func text(in look: Look) -> String {
      look.table(of: [row])
        + "it has waited \(counted(blame.waited, "tick")) for locks, and others "
        + "\(counted(blame.caused, "tick")) for locks that it held\n"
    }
  }
}
