package import CorosLanguage

/// What a learner has made of a task: a line of a hand-in, or of the file in which progress is kept.
package struct TaskRecord: Equatable, Sendable {
  package let pack: String
  package let lesson: String
  /// The number of the task in its lesson, from 1.
  package let task: Int
  /// How many hints were taken.
  package var hints = 0
  /// How many answers were wrong.
  package var wrong = 0
  /// Whether it is done.
  package var isPassed = false
  /// The right answer; nil where the machine is the answer.
  package var answer: String?
  /// The journal of the machine on which it was done.
  package var journal: String?

  package init(pack: String, lesson: String, task: Int) {
    self.pack = pack
    self.lesson = lesson
    self.task = task
  }

  /// Whether both are about the same task.
  package func isSameTask(as other: TaskRecord) -> Bool {
    pack == other.pack && lesson == other.lesson && task == other.task
  }

  /// The points that it is still worth: one less for each hint and each wrong answer.
  package func worth(of points: Int) -> Int {
    max(0, points - min(hints, points) - min(wrong, points))
  }

  /// What counts of two that are about the same task: the one that was done comes first, then the one that has cost
  /// more, since whoever begins anew has seen the hints.
  package func merged(with other: TaskRecord) -> TaskRecord {
    if isPassed != other.isPassed { return isPassed ? self : other }
    if isPassed { return other.hints + other.wrong < hints + wrong ? other : self }
    var result = self
    result.hints = max(hints, other.hints)
    result.wrong = max(wrong, other.wrong)
    return result
  }

  // MARK: As a line

  package var json: JSON {
    [
      "pack": .string(pack), "lesson": .string(lesson), "task": .int(task), "hints": .int(hints),
      "wrong": .int(wrong), "passed": .bool(isPassed), "answer": .string(answer),
      "journal": .string(journal),
    ]
  }

  /// Reads a line; nil if it is none.
  package init?(_ json: JSON) {
    guard case .string(let pack)? = json["pack"], case .string(let lesson)? = json["lesson"],
      case .int(let task)? = json["task"], case .int(let hints)? = json["hints"],
      case .int(let wrong)? = json["wrong"], case .bool(let isPassed)? = json["passed"],
      (1...1_000).contains(task), hints >= 0, wrong >= 0
    else { return nil }
    self.init(pack: pack, lesson: lesson, task: task)
    (self.hints, self.wrong, self.isPassed) = (hints, wrong, isPassed)
    if case .string(let answer)? = json["answer"] { self.answer = answer }
    if case .string(let journal)? = json["journal"] { self.journal = journal }
  }
}
