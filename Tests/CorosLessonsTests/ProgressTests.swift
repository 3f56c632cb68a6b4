import CorosFiles
import CorosLanguage
import CorosTestSupport
import Testing

@testable import CorosLessons

@Suite struct ProgressTests {
  private func record(_ lesson: String, hints: Int = 0, isPassed: Bool = false) -> TaskRecord {
    var record = TaskRecord(pack: "first", lesson: lesson, task: 1)
    record.hints = hints
    record.isPassed = isPassed
    return record
  }

  @Test func `what is kept comes back`() {
    var progress = LessonProgress()
    var done = record("turns", hints: 1, isPassed: true)
    done.answer = "1 2"
    done.journal = "coros journal 1\nseed 0\n"
    progress.set(done)
    progress.set(record("race", hints: 2))
    progress.current = LessonProgress.Place(pack: "first", lesson: "race", task: 1)
    #expect(LessonProgress(parsing: progress.text) == progress)
  }

  @Test func `damage is passed over and kept`() {
    let good = record("turns", isPassed: true).json.text
    let text =
      "coros lessons 1\nnonsense {\n\(good)\n{\"pack\":\"first\",\"lesson\":7}\n\(good.dropLast(9))\n"
    let progress = LessonProgress(parsing: text)
    #expect(progress.record("first", "turns", 1).isPassed)
    #expect(progress.text.contains("nonsense {"))
    #expect(progress.text.contains("\"lesson\":7"))
    #expect(LessonProgress(parsing: progress.text) == progress)
  }

  @Test func `a task that is done stays done, and costs stay`() {
    let open = record("turns", hints: 2)
    let done = record("turns", hints: 1, isPassed: true)
    #expect(open.merged(with: done) == done)
    #expect(done.merged(with: open) == done)
    #expect(record("turns").merged(with: open) == open)
    #expect(open.worth(of: 3) == 1)
    #expect(record("turns", hints: .max).worth(of: 3) == 0)
  }

  @Test func `two sessions lose nothing of each other`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/state/coros/lessons"
    let (one, other) = (ProgressFile(path), ProgressFile(path))
    _ = try one.update { $0.set(record("turns", isPassed: true)) }
    _ = try other.update { $0.set(record("race", isPassed: true)) }
    let all = try one.read()
    #expect(all.records.map(\.lesson) == ["turns", "race"])
  }

  @Test func `a file that cannot be read is not replaced`() throws {
    let folder = try TemporaryFolder()
    let file = ProgressFile(folder.path)
    #expect(throws: FileError.self) { try file.read() }
    #expect(throws: FileError.self) { try file.update { $0.set(record("turns")) } }
  }
}
