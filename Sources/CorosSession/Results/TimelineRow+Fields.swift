package import CorosInsight
import CorosKernel

extension TimelineRow: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .text("name", "what it is called", \.name),
    .objects("spans", "its life, in order", \.spans),
  ]
}

extension TimelineSpan: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .word(
      "state",
      of: TimelineState.allCases.map(\.rawValue),
      "what it was doing; one that is `new` is to arrive later",
      \.state.rawValue
    ),
    .number("from", "from this tick", \.from),
    .number("to", "up to, but not, this", \.to),
  ]
}
