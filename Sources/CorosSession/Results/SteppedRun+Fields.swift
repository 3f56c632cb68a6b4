package import CorosHistory
import CorosInsight
package import CorosKernel
import CorosLanguage

extension SteppedRun.Step: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tick", "its tick", \.tick),
    ResultField("tid", .number, "the task that ran") { .int($0.task?.rawValue) },
    .texts("what", "what happened, in words") { $0.events.map(text(of:)) },
  ]

  /// An event on one line.
  package static func text(of event: Event) -> String {
    let (what, detail) = EventWords.line(event)
    return "task \(event.task) \(what)" + (detail.isEmpty ? "" : ": \(detail)")
  }
}
