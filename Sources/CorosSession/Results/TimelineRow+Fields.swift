package import CorosInsight
import CorosKernel
import CorosLanguage

extension TimelineRow: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .text("name", "its name", \.name),
    .objects("spans", "its life, in order", \.spans),
    .numberOrNull("end", "the tick at which it ended, if it has", \.figures.end),
    .textOrNull("ending", "how it ended: exited, killed or failed; deadlock if it waits for ever") {
      $0.figures.ending?.rawValue ?? ($0.isDeadlocked ? TimelineMark.deadlock.rawValue : nil)
    },
    ResultField(
      "lines",
      .orNull(.list(.list(.number))),
      "the lines of its text that it ran, each with its tick before it; null without --lines"
    ) { row in
      row.lines.map { .array($0.map { .array([.int($0.tick), .int($0.line)]) }) } ?? .null
    },
  ]
}

extension TimelineSpan: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .word(
      "state",
      of: TimelineState.allCases.map(\.rawValue),
      "its state, `new` before its arrival",
      \.state.rawValue
    ),
    .number("from", "its first tick", \.from),
    .number("to", "the tick after its last", \.to),
  ]
}
