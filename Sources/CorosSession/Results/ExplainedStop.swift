package import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

/// A stop at breakpoints, with a sentence for each hit.
package struct ExplainedStop: ResultObject {
  /// One hit for each breakpoint that was hit, by number; at least one.
  package let hits: [ExplainedHit]

  private var first: ExplainedHit { hits[0] }

  package static let fields: [ResultField<Self>] = [
    .number(
      "breakpoint",
      "the first breakpoint that was hit, with `breakpoint`, as are those that follow"
    ) { $0.first.hit.breakpoint },
    .text("hit", "what hit it, in words") { $0.first.text },
    .objects("hits", "all hits of that step") { $0.hits },
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
    .numberOrNull("tid", "the task, null if no task caused it") {
      $0.hit.task == .operator ? nil : $0.hit.task.rawValue
    },
    .number("tick", "the tick of the step; the clock shows one more after it") { $0.hit.tick },
    .text("hit", "what hit it, in words") { $0.text },
    .sometimes("old", .text, "the watched value before") {
      if case .changed(let old, _) = $0.hit.cause { .string(old) } else { nil }
    },
    .sometimes("new", .text, "the watched value now") {
      if case .changed(_, let new) = $0.hit.cause { .string(new) } else { nil }
    },
  ]
}
