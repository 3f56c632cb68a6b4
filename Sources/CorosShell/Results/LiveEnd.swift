import CorosInsight
package import CorosKernel
import CorosLanguage
package import CorosSession

/// Why live mode ended.
package struct LiveEnd: CommandResult, ResultObject {
  package let end: RunEnd
  package let tick: Tick

  package static let fields: [ResultField<Self>] =
    [
      ResultField("stopped", .word(OutcomeWords.words), "why live mode ended") {
        .string(OutcomeWords.word($0.end.outcome))
      },
      .number("tick", "the tick now") { $0.tick },
    ] + .fields(ofAny: { $0.end.stop })

  package func text(in look: Look) -> String {
    if case .deadlock(let deadlock) = end.outcome {
      let failure = CommandFailure(deadlock, end.suspicions)
      return failure.message + "\n  hint: \(failure.hint)"
    }
    if case .failedCheck(let message) = end.outcome {
      return look.style.paint("\(message), at tick \(tick)\n", .bad)
        + look.style.paint("live: off; `back` shows how it came to that", .faint)
    }
    let text = end.text(in: look)
    return end.stop == nil
      ? text : text + look.style.paint("live: off; `live on` continues", .faint)
  }
}
