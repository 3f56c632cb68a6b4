import CorosLanguage
package import CorosLessons
package import CorosSession

/// What was found when a task was checked.
package struct CheckedTask: CommandResult, ResultObject {
  package let lesson: Lesson
  package let index: Int
  package let verdict: Verdict
  /// The points for it; 0 if it is not done.
  package let points: Int
  private let isLast: Bool

  package init(_ lesson: Lesson, _ index: Int, _ verdict: Verdict, points: Int, _ pack: LessonPack)
  {
    self.lesson = lesson
    self.index = index
    self.verdict = verdict
    self.points = verdict.isPassed ? points : 0
    isLast = pack.lessons.last?.name == lesson.name && index == lesson.tasks.count - 1
  }

  package static let occasion = "In a lesson:"

  package static let fields: [ResultField<Self>] = [
    .text("lesson", "the lesson", \.lesson.name),
    .number("task", "the number of the task in it, from 1") { $0.index + 1 },
    .truth("passed", "whether it is done", \.verdict.isPassed),
    .number("points", "the points for it", \.points),
    .text("reason", "why it is not done; may be empty", \.verdict.reason),
    .objects("remarks", "what is said of it besides") { $0.verdict.remarks.map(RemarkRow.init) },
    .numberOrNull("steps", "the steps that it took, or null", \.verdict.steps),
    .numberOrNull("switches", "how often another task went on, or null", \.verdict.switches),
  ]

  package func text(in look: Look) -> String {
    guard verdict.isPassed else {
      guard let first = verdict.reason.first else {
        return look.style.paint("Not yet.", .waiting) + " Try again."
      }
      // Sentences of a lesson stand for themselves.
      let sign = first.isUppercase ? "." : ":"
      return look.style.paint("Not yet\(sign)", .waiting) + " " + verdict.reason
    }
    let number = lesson.tasks.count > 1 ? "Task \(index + 1)" : "The task"
    var text = look.style.paint("\(number) is done: \(counted(points, "point")).", .good) + "\n"
    for remark in verdict.remarks {
      text +=
        remark.kind == .know
        ? remark.text + "\n"
        : look.style.paint(remark.kind.rawValue + ": ", .heading) + remark.text + "\n"
    }
    return text
      + (isLast
        ? "That was the last task of the last lesson: `lesson list` shows what is left."
        : "`lesson next` goes on.")
  }
}

/// A remark on a task.
struct RemarkRow: ResultObject {
  private let remark: Verdict.Remark

  init(_ remark: Verdict.Remark) { self.remark = remark }

  package static let fields: [ResultField<Self>] = [
    .word("kind", of: Verdict.Remark.Kind.allCases.map(\.rawValue), "how it is meant") {
      $0.remark.kind.rawValue
    },
    .text("text", "what is said", \.remark.text),
  ]
}
