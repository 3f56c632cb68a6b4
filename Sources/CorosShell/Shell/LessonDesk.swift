import CorosHistory
import CorosLessons

/// What lies on a learner's desk: the open lesson, and how far they have come.
struct LessonDesk {
  /// The lessons.
  var pack: LessonPack?
  /// The open task; nil while no lesson is open.
  var open: OpenTask?
  /// What has been done, in this session and in earlier ones.
  var progress = LessonProgress()
  /// Where that is kept; nil where it is not.
  var file: ProgressFile?
  /// Whether the file has been read.
  var isRead = false
  /// The machine that a lesson began; another one belongs to the person.
  weak var machine: TimeMachine?

  /// A task of a lesson that somebody works on.
  struct OpenTask {
    /// The index of the lesson in its pack.
    let lesson: Int
    /// The index of the task in its lesson.
    let task: Int
    /// The journal of the machine with which it began.
    let beginning: String
    /// The machine when the check was made last without being asked for.
    var judged: Stand?
    /// Whether the learner has been told that it is done.
    var isDone = false
  }

  /// Where a machine stands, as far as a check could tell.
  struct Stand: Equatable {
    let branch: Int
    let moment: Int
    let acts: Int
  }
}
