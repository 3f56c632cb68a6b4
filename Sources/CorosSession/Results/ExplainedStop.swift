package import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

/// A stop at breakpoints, with a sentence for each hit.
package struct ExplainedStop: ResultObject {
  /// One for each breakpoint that was hit, by their numbers; at least one.
  package let hits: [ExplainedHit]

  private var first: ExplainedHit { hits[0] }

  package static let fields: [ResultField<Self>] = [
    .number(
      "breakpoint",
      "the first breakpoint that was hit, with `breakpoint`, as are those that follow"
    ) { $0.first.hit.breakpoint },
    .text("hit", "what has hit it, in words") { $0.first.text },
    .objects("hits", "all that were hit in that step") { $0.hits },
  ]
}

/// A hit of a breakpoint, in words.
package struct ExplainedHit: ResultObject {
  package let hit: BreakpointHit
  package let kind: BreakpointNote.Kind
  /// A sentence without a full stop.
  package let text: String

  package static let fields: [ResultField<Self>] = [
    .number("breakpoint", "the breakpoint") { $0.hit.breakpoint },
    .numberOrNull("tid", "the task, null where it is no task's doing") {
      $0.hit.task == .operator ? nil : $0.hit.task.rawValue
    },
    .number("tick", "the tick of the step; the clock shows one more after it") { $0.hit.tick },
    .text("hit", "what has hit it, in words") { $0.text },
    .sometimes("old", .text, "what a watched value was") {
      if case .changed(let old, _) = $0.hit.cause { .string(old) } else { nil }
    },
    .sometimes("new", .text, "what it is now") {
      if case .changed(_, let new) = $0.hit.cause { .string(new) } else { nil }
    },
  ]
}
