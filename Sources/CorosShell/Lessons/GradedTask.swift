import CorosLessons
package import CorosSession

/// A task of a hand-in, with its mark: a line of JSON.
package struct GradedTask: ResultObject {
  package let file: String
  package let lesson: String
  package let task: Int
  package let kind: String
  /// Whether it is done.
  package let isPassed: Bool
  package let points: Int
  package let of: Int
  package let hints: Int
  package let wrong: Int
  package let steps: Int?
  package let switches: Int?
  package let reason: String

  package static let fields: [ResultField<Self>] = [
    .text("file", "the hand-in", \.file),
    .text("lesson", "the lesson", \.lesson),
    .number("task", "the number of the task", \.task),
    .text("kind", "what was to be done", \.kind),
    .truth("passed", "whether it is done", \.isPassed),
    .number("points", "the points for it", \.points),
    .number("of", "the points that it could give", \.of),
    .number("hints", "how many hints were taken, as the hand-in says", \.hints),
    .number("wrong", "how many answers were wrong, as the hand-in says", \.wrong),
    .numberOrNull("steps", "the steps that it took, or null", \.steps),
    .numberOrNull("switches", "how often another task went on, or null", \.switches),
    .text("reason", "why it is not done; may be empty", \.reason),
  ]
}
