package import CorosHistory
package import CorosLessons

/// What lies on a learner's desk: the open lesson, and how far they have come.
package struct LessonDesk {
  /// The lessons.
  package var pack: LessonPack?
  /// The open task; nil while no lesson is open.
  package var open: OpenTask?
  /// What has been done, in this session and in earlier ones.
  package var progress = LessonProgress()
  /// Where that is kept; nil where it is not.
  package var file: ProgressFile?
  /// Whether the file has been read.
  var isRead = false
  /// The machine that a lesson began; another one belongs to the person.
  package weak var machine: TimeMachine?

  /// A task of a lesson that somebody works on.
  package struct OpenTask {
    /// The index of the lesson in its pack.
    package let lesson: Int
    /// The index of the task in its lesson.
    package let task: Int
    /// The journal of the machine with which it began.
    package let beginning: String
    /// The machine when the check was made last without being asked for.
    var judged: Stand?
    /// Whether the learner has been told that it is done.
    package var isDone = false
  }

  /// Where a machine stands, as far as a check could tell.
  struct Stand: Equatable {
    package let branch: Int
    package let moment: Int
    package let acts: Int
  }
}
