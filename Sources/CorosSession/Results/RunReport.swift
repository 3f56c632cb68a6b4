import CorosInsight
package import CorosKernel
import CorosLanguage

/// The result of running tasks.
package struct RunReport: ResultObject {
  /// The first tasks that ran, in order.
  package let dispatched: [TaskID]
  /// The number of steps.
  package let dispatches: Int
  /// The tick at the end.
  package let tick: Tick
  /// Why there were no more steps; nil after the requested number.
  package let end: RunEnd?

  package static let fields: [ResultField<Self>] =
    [
      .numbers("dispatched", "the tasks that ran, in order, the first 100000 of them") {
        $0.dispatched.map(\.rawValue)
      },
      .number("dispatches", "the number of steps") { $0.dispatches },
      .number("tick", "the tick now") { $0.tick },
      ResultField("stopped", .word(OutcomeWords.words), "why there were no more steps") {
        .string($0.end.map { OutcomeWords.word($0.outcome) } ?? "stepped")
      },
      .sometimes(
        "ready",
        .list(.number),
        "with `undecided`: the ready tasks, none of which the policy chooses"
      ) {
        guard case .undecided(let ready)? = $0.end?.outcome else { return nil }
        return .array(ready.map { .int($0.rawValue) })
      },
    ] + .fields(ofAny: { $0.end?.stop })
}
