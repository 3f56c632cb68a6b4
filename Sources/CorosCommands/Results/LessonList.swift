import CorosLanguage
import CorosLessons
import CorosSession
import CorosShell

/// All lessons, and how far the learner has come.
struct LessonList: CommandResult, ResultObject {
  private let pack: LessonPack
  private let rows: [Row]
  private let points: Int
  /// What is said above the list; empty for nothing.
  private let notice: String

  init(_ pack: LessonPack, _ progress: LessonProgress, notice: String = "") {
    self.pack = pack
    self.notice = notice
    rows = pack.lessons.enumerated().map { index, lesson in
      Row(
        number: index + 1,
        lesson: lesson,
        done: progress.done(lesson, of: pack.name),
        points: progress.points(lesson, of: pack.name)
      )
    }
    points = rows.reduce(0) { $0 + $1.points }
  }

  static let occasion = "With `list`, `stop` or `reset all`, and behind the last lesson:"

  static let fields: [ResultField<Self>] = [
    .text("pack", "which lessons they are", \.pack.name),
    .objects("lessons", "the lessons, in their order", \.rows),
    .number("points", "the points so far", \.points),
    .number("of", "the points that there could be", \.pack.points),
  ]

  func text(in look: Look) -> String {
    (notice.isEmpty ? "" : notice + "\n") + look.table(of: rows)
      + "\(points) of \(counted(pack.points, "point")); `lesson NAME` opens one\n"
  }

  private struct Row: ListingRow {
    let number: Int
    let lesson: Lesson
    let done: Int
    let points: Int

    static let fields: [ResultField<Self>] = [
      .number("number", "its number", \.number),
      .text("lesson", "its name", \.lesson.name),
      .text("title", "its title", \.lesson.title),
      .number("tasks", "how many tasks it has", \.lesson.tasks.count),
      .number("done", "how many of them are done", \.done),
      .number("points", "the points for it so far", \.points),
      .number("of", "the points that there could be", \.lesson.points),
    ]

    static let columns: [TextTable.Column] = [
      .init("", .right), .init("LESSON"), .init("TITLE"), .init("DONE", .right),
      .init("POINTS", .right),
    ]

    var cells: [TextTable.Cell] {
      let isDone = done == lesson.tasks.count
      return [
        .init(number), .init(lesson.name, isDone ? .good : .name), .init(lesson.title),
        .init("\(done)/\(lesson.tasks.count)"), .init("\(points)/\(lesson.points)"),
      ]
    }
  }
}
