import CorosExplore
import CorosHistory
import CorosSession
import CorosShell

/// A failure that an exploration has found, and where the machine now stands.
struct ExploredFailure: CommandResult, ResultObject {
  let number: Int
  let found: FoundFailure
  /// The branch that stands at it; nil where the machine has not gone there.
  let branch: Int?

  static let occasion = "For each failure:"

  static let fields: [ResultField<Self>] = [
    .number("failure", "its number, from 1", \.number),
    .word(
      "kind",
      of: ExplorationFailure.Kind.allCases.map(\.rawValue),
      "what went wrong"
    ) { $0.found.kind.rawValue },
    .numbers(
      "tasks",
      "the tasks that it happened to; of a circle each waits for the next",
      \.found.tasks
    ),
    .text("text", "what went wrong, in a sentence", \.found.text),
    .number("run", "the number of the run that found it, from 0", \.found.run),
    .text("schedule", "the smallest schedule found, for `replay`", \.found.schedule.description),
    .number(
      "preemptions",
      "how often a task loses the CPU that could have gone on",
      \.found.size.preemptions
    ),
    .number("switches", "how often another task runs than before", \.found.size.switches),
    .number("steps", "its steps from the moment that was explored", \.found.size.steps),
    .object("from", "its size as it was found, before it was made smaller") {
      Size(size: $0.found.from)
    },
    .number("replays", "how many schedules were tried to make it smaller", \.found.replays),
    .word(
      "minimal",
      of: ["proved", "local", "found"],
      "whether no schedule has fewer preemptions, none that is like it, or nothing is known"
    ) { $0.found.minimal.rawValue },
    .numberOrNull(
      "branch",
      "the branch that stands at it; null for all but the first",
      \.branch
    ),
  ]

  private struct Size: ResultObject {
    let size: ExplorationFailure.Size

    static let fields: [ResultField<Self>] = [
      .number("preemptions", "as above", \.size.preemptions),
      .number("switches", "as above", \.size.switches),
      .number("steps", "as above", \.size.steps),
    ]
  }

  /// Empty: the text of the whole tells of it.
  func text(in look: Look) -> String { "" }
}
