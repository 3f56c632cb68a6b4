package import CorosFiles
import CorosLanguage

/// How far a learner has come in all packs.
package struct LessonProgress: Equatable, Sendable {
  package private(set) var records: [TaskRecord] = []
  /// The task that was open last.
  package var current: Place?
  /// Lines of the file that mean nothing here: they are kept as they are.
  private var strange: [String] = []

  /// A task of a lesson.
  package struct Place: Equatable, Sendable {
    package let pack: String
    package let lesson: String
    package let task: Int

    package init(pack: String, lesson: String, task: Int) {
      self.pack = pack
      self.lesson = lesson
      self.task = task
    }
  }

  package init() {}

  /// What is known of a task.
  package func record(_ pack: String, _ lesson: String, _ task: Int) -> TaskRecord {
    let fresh = TaskRecord(pack: pack, lesson: lesson, task: task)
    return records.first { $0.isSameTask(as: fresh) } ?? fresh
  }

  /// Takes a record in, in place of an earlier one of the same task.
  package mutating func set(_ record: TaskRecord) {
    if let index = records.firstIndex(where: { $0.isSameTask(as: record) }) {
      records[index] = record
    } else {
      records.append(record)
    }
  }

  /// Forgets the records of a pack.
  package mutating func forget(pack: String) { records.removeAll { $0.pack == pack } }

  /// The points for a lesson so far.
  package func points(_ lesson: Lesson, of pack: String) -> Int {
    lesson.tasks.enumerated().reduce(0) { sum, entry in
      let record = record(pack, lesson.name, entry.offset + 1)
      return sum + (record.isPassed ? record.worth(of: entry.element.points) : 0)
    }
  }

  /// How many tasks of a lesson are done.
  package func done(_ lesson: Lesson, of pack: String) -> Int {
    lesson.tasks.indices.count { record(pack, lesson.name, $0 + 1).isPassed }
  }

  // MARK: As a file

  /// The first line of the file, and of a hand-in.
  package static let mark = "coros lessons 1"

  /// More than any pack has tasks, and few enough to be looked through again and again.
  private static let mostRecords = 5_000

  /// The kind of these files.
  package static let kind = FileKind(noun: "a hand-in of lessons", beginning: "coros lessons ")

  package var text: String {
    var lines = [Self.mark] + records.map(\.json.text)
    if let current {
      let place: JSON = [
        "current": .string(current.lesson), "pack": .string(current.pack),
        "task": .int(current.task),
      ]
      lines.append(place.text)
    }
    return (lines + strange).map { $0 + "\n" }.joined()
  }

  /// Reads a file: what is damaged is passed over, and kept.
  package init(parsing text: String) {
    for line in text.split(omittingEmptySubsequences: true, whereSeparator: { $0 == "\n" }) {
      if line == Self.mark { continue }
      let json = JSON(parsing: line)
      if let json, records.count < Self.mostRecords, let record = TaskRecord(json) {
        let earlier = records.first { $0.isSameTask(as: record) }
        set(earlier.map { record.merged(with: $0) } ?? record)
      } else if let json, case .string(let lesson)? = json["current"],
        case .string(let pack)? = json["pack"], case .int(let task)? = json["task"]
      {
        current = Place(pack: pack, lesson: lesson, task: task)
      } else {
        strange.append(String(line))
      }
    }
  }

  /// The records of a pack alone, as a hand-in.
  package func handIn(of pack: String) -> String {
    var copy = LessonProgress()
    copy.records = records.filter { $0.pack == pack }
    return copy.text
  }
}
