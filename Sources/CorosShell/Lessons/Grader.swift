import CorosFiles
import CorosInsight
import CorosLanguage
package import CorosLessons
import CorosSession

/// Grades hand-ins: replays what they contain in a sandbox, and believes nothing but its own run.
package struct Grader {
  private let pack: LessonPack
  private let tools: LessonTools
  private let interrupted: () -> Bool

  /// The most bytes of the journal of one task.
  private static let longestJournal = 4 << 20

  /// Prepares to grade.
  ///
  /// - Parameters:
  ///   - pack: The lessons.
  ///   - tools: The commands and programs there are.
  ///   - interrupted: Whether the person has pressed Ctrl-C.
  package init(_ pack: LessonPack, _ tools: LessonTools, interrupted: @escaping () -> Bool) {
    self.pack = pack
    self.tools = tools
    self.interrupted = interrupted
  }

  /// Grades a hand-in, or a journal that was saved while a task was done.
  ///
  /// - Parameters:
  ///   - text: What is in the file.
  ///   - file: Its name.
  /// - Returns: A line for each task of the hand-in; nil if the text is neither.
  package func grades(_ text: String, of file: String) -> [GradedTask]? {
    if text.hasPrefix(LessonProgress.kind.beginning) {
      return records(text).map { grade($0, file) }
    }
    guard text.hasPrefix(JournalText.kind.beginning) else { return nil }
    return grade(journal: text, file)
  }

  /// Everything of this pack that somebody has begun, in the order of the lessons.
  private func records(_ text: String) -> [TaskRecord] {
    let progress = LessonProgress(parsing: text)
    return pack.lessons.flatMap { lesson in
      lesson.tasks.indices.compactMap { index in
        progress.records.first {
          $0.pack == pack.name && $0.lesson == lesson.name && $0.task == index + 1
        }
      }
    }
  }

  private func judge(_ lesson: Lesson, _ index: Int) -> LessonJudge {
    LessonJudge(lesson, index, tools: tools, interrupted: interrupted)
  }

  private func grade(_ record: TaskRecord, _ file: String) -> GradedTask {
    let lesson = pack.lessons.first { $0.name == record.lesson } ?? pack.lessons[0]
    let judge = judge(lesson, record.task - 1)
    return graded(judge, record, verdict(judge, record), file)
  }

  private func verdict(_ judge: LessonJudge, _ record: TaskRecord) -> Verdict {
    guard judge.task.kind.isAnswered else {
      guard let journal = record.journal else { return .failed("it is not done") }
      guard journal.utf8.count <= Self.longestJournal else {
        return .failed("its journal is longer than \(Self.longestJournal) bytes")
      }
      return judge.verdict(journal: journal)
    }
    guard let answer = record.answer else { return .failed("it is not done") }
    do throws(ForkError) {
      return try judge.verdict(answer: answer)
    } catch {
      return .failed(error.message)
    }
  }

  /// Grades a journal as the task that it belongs to: one that it passes, or else the first that began so.
  private func grade(journal: String, _ file: String) -> [GradedTask]? {
    var first: GradedTask?
    guard journal.utf8.count <= Self.longestJournal else { return nil }
    for lesson in pack.lessons {
      for (index, task) in lesson.tasks.enumerated() where !task.kind.isAnswered {
        let judge = judge(lesson, index)
        guard judge.begins(journal) else { continue }
        let record = TaskRecord(pack: pack.name, lesson: lesson.name, task: index + 1)
        let result = graded(judge, record, judge.verdict(journal: journal), file)
        if result.isPassed { return [result] }
        first = first ?? result
      }
    }
    return first.map { [$0] }
  }

  private func graded(
    _ judge: LessonJudge,
    _ record: TaskRecord,
    _ verdict: Verdict,
    _ file: String
  ) -> GradedTask {
    GradedTask(
      file: file,
      lesson: record.lesson,
      task: record.task,
      kind: judge.task.kind.word,
      isPassed: verdict.isPassed,
      points: verdict.isPassed ? record.worth(of: judge.task.points) : 0,
      of: judge.task.points,
      hints: record.hints,
      wrong: record.wrong,
      steps: verdict.steps,
      switches: verdict.switches,
      reason: verdict.reason
    )
  }
}
