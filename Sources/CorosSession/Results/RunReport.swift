import CorosInsight
package import CorosKernel
import CorosLanguage

/// What came of making tasks run.
package struct RunReport: ResultObject {
  /// The first tasks that ran, in order.
  package let dispatched: [TaskID]
  /// How many steps there were.
  package let dispatches: Int
  /// The tick at the end.
  package let tick: Tick
  /// Why there were no more steps; nil after as many as were asked for.
  package let end: RunEnd?

  package static let fields: [ResultField<Self>] =
    [
      .numbers("dispatched", "the tasks that ran, in order, the first 100000 of them") {
        $0.dispatched.map(\.rawValue)
      },
      .number("dispatches", "how many steps there were") { $0.dispatches },
      .number("tick", "the tick now") { $0.tick },
      ResultField("stopped", .word(OutcomeWords.words), "why there were no more steps") {
        .string($0.end.map { OutcomeWords.word($0.outcome) } ?? "stepped")
      },
      .sometimes(
        "ready",
        .list(.number),
        "the ready tasks of which the policy runs none, with `undecided`"
      ) {
        guard case .undecided(let ready)? = $0.end?.outcome else { return nil }
        return .array(ready.map { .int($0.rawValue) })
      },
    ] + .fields(ofAny: { $0.end?.stop })
}
