package import CorosExplore
package import CorosKernel
import CorosLanguage
package import CorosSession

/// What an exploration has found, with what only the one who typed it knows.
package struct Explored: CommandResult, ResultObject {
  package let exploration: Exploration
  package var shard: Shard
  /// The branch and the tick at which the machine stands at the first failure; nil where it does not.
  package var landing: (branch: Int, tick: Int)?
  /// The script whose tasks were explored, where the machine goes as soon as this has been told; nil at a prompt.
  package var script: String?
  /// The page that shows the failure, the branch of an order that passes, and the tick at which the two part; nil for no
  /// page, and no branch where no such order was found.
  package var page: (file: String, passing: Int?, tick: Tick?)?
  /// The shards of which there are no results; nil where no results were added up.
  package var missing: [Int]?
  /// How long it took, in nanoseconds; nil if nobody asked.
  package var time: UInt64?
  /// The file that keeps the results; nil where none does.
  package var keptIn: String?

  package static let occasion = "Behind them, once:"

  package static let fields: [ResultField<Self>] = [
    .word("how", of: ExploreWords.names, "the way of exploring that was used", \.exploration.how),
    .number("runs", "the runs that came to their end", \.exploration.runs),
    .number(
      "cut",
      "the runs that were given up, as another order of an earlier one",
      \.exploration.cut
    ),
    .numberOrNull("classes", "the classes of schedules; null unless `dpor`", \.exploration.classes),
    ResultField(
      "schedules",
      .orNull(.number),
      "the schedules that were tried, or with `states` that there are, in a shard those of its part; null where that is unknown"
    ) { $0.exploration.schedules?.json ?? .null },
    ResultField(
      "failing",
      .number,
      "how many of them fail; of the classes with `dpor`; 0 where that is unknown"
    ) {
      $0.exploration.failing.json
    },
    .textOrNull(
      "chance",
      "the chance that a run fails in which each step is random; the shards' chances add up to it; null unless `states`"
    ) { $0.exploration.chance?.description },
    .numberOrNull(
      "states",
      "the states that were seen; null unless `states` or `merged`, and where shards are added up, which have some in common",
      \.exploration.states
    ),
    .number("steps", "all steps of all runs", \.exploration.steps),
    .number("deepest", "the steps of the longest run", \.exploration.deepest),
    .number(
      "unfinished",
      "the runs that reached the limit of their length",
      \.exploration.unfinished
    ),
    .word(
      "covers",
      of: ["all", "bound", "sample", "part"],
      "what was tried: all schedules, all within a bound, some at random, or a part"
    ) { $0.exploration.covers.rawValue },
    .numberOrNull("bound", "the most preemptions or delays", \.exploration.bound),
    .word(
      "stopped",
      of: ["exhausted", "runs", "steps", "time", "failure", "memory", "interrupted"],
      "why it ended"
    ) { $0.exploration.stopped.rawValue },
    .number("failures", "how many different failures were found") {
      $0.exploration.failures.count
    },
    .sometimes(
      "finals",
      .list(.dictionary(.either(.either(.number, .truth), .list(.either(.number, .truth))))),
      "with `--finals`, the shared values with which runs end"
    ) { $0.finals.map { .array($0.map { JSON(parsing: $0.values) ?? .null }) } },
    .sometimes("ways", .list(.text), "with `--finals`, a schedule that ends so, for each") {
      $0.finals.map { .array($0.map { .string($0.way) }) }
    },
    .sometimes(
      "hidden",
      .list(.number),
      "two tasks that share something which no system call shows, if that was seen"
    ) { $0.exploration.hidden.map { .array($0.tasks.map { .int($0) }) } },
    .sometimes(
      "cannot_end",
      .text,
      "a schedule to a state from which the tasks cannot all end, if there is one"
    ) { $0.exploration.cannotEnd.map { .string($0) } },
    .sometimes("page", .text, "with `--html`, the page that was written") {
      $0.page.map { .string($0.file) }
    },
    .sometimes(
      "passing",
      .number,
      "with `--html`, the branch of an order that passes, if one was found"
    ) { $0.page?.passing.map { .int($0) } },
    .sometimes("missing", .list(.number), "with `merge`, the shards without results") {
      $0.missing.map { .array($0.map { .int($0) }) }
    },
    .sometimes("milliseconds", .number, "with `--timing`, how long it took") {
      $0.time.map { .int(Int($0 / 1_000_000)) }
    },
  ]

  /// The values at the ends of runs, in the order of their texts.
  package var finals: [(values: String, way: String)]? {
    exploration.finals?.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension Count {
  /// The number as JSON, with all its digits.
  fileprivate var json: JSON { small.map { .int($0) } ?? .digits(description) }
}
