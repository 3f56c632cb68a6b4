import CorosCommands
import CorosFiles
import CorosLanguage
import CorosLessons
import CorosPrograms
import CorosSession
import CorosShell
import CorosTerminal

/// What a teacher asks of this program: whether lessons are right, and what hand-ins are worth.
struct Teaching {
  let isJSON: Bool

  private static func isInterrupted() -> Bool {
    Signals.isInterruptPending || Signals.pendingTermination != nil
  }

  /// The status after an interrupt or a signal; nil without one.
  private static var interruption: Int? {
    if let signal = Signals.pendingTermination { return 128 + Int(signal) }
    return Signals.isInterruptPending ? 130 : nil
  }

  /// Tries the lessons of a folder.
  ///
  /// - Returns: 0 if nothing is wrong, 1 if something is, 2 if there is no such pack.
  func check(_ folder: String) -> Int {
    Signals.installForScript()
    let (pack, errors) = LessonPack.read(folder)
    var count = errors.count
    for error in errors { say(error) }
    let check = PackCheck(.builtIn, interrupted: Self.isInterrupted)
    for lesson in pack.lessons where !Self.isInterrupted() {
      let faults = check.faults(of: lesson)
      for fault in faults {
        say(LessonError("\(folder)/\(fault.file)", fault.line, fault.message, hint: fault.hint))
      }
      count += faults.count
      if faults.isEmpty { say(lesson) }
    }
    if let status = Self.interruption { return status }
    if !isJSON {
      let tasks = pack.lessons.reduce(0) { $0 + $1.tasks.count }
      Process.write(
        "\(counted(pack.lessons.count, "lesson")), \(counted(tasks, "task")), "
          + "\(counted(pack.points, "point")); "
          + (count == 0 ? "nothing is wrong\n" : "\(counted(count, "fault"))\n")
      )
    }
    if pack.lessons.isEmpty { return 2 }
    return count == 0 ? 0 : 1
  }

  private func say(_ error: LessonError) {
    guard isJSON else {
      return Process.write(
        "\(error.file):\(error.line): \(error.message)\n"
          + (error.hint.isEmpty ? "" : "  hint: \(error.hint)\n")
      )
    }
    let json: JSON = [
      "file": .string(error.file), "line": .int(error.line), "error": .string(error.message),
      "hint": .string(error.hint),
    ]
    Process.write(json.text + "\n")
  }

  private func say(_ lesson: Lesson) {
    guard isJSON else { return Process.write("ok  \(lesson.name)\n") }
    let json: JSON = [
      "lesson": .string(lesson.name), "tasks": .int(lesson.tasks.count),
      "points": .int(lesson.points), "passed": true,
    ]
    Process.write(json.text + "\n")
  }

  /// Grades hand-ins.
  ///
  /// - Parameters:
  ///   - files: Their paths.
  ///   - name: The pack: `first`, or a folder.
  /// - Returns: 0 if all that was handed in is right, 1 if something is not, 2 if it cannot be told.
  func grade(_ files: [String], with name: String) -> Int {
    Signals.installForScript()
    guard let pack = pack(name) else { return 2 }
    if files.isEmpty {
      Coros.complain("--grade needs the files of hand-ins\n  hint: coros --grade \(name) FILE ...")
      return 2
    }
    let grader = Grader(pack, .builtIn, interrupted: Self.isInterrupted)
    var status = 0
    for file in files where !Self.isInterrupted() {
      let grades = grades(of: file, by: grader)
      if let status = Self.interruption { return status }
      if !grades.allSatisfy(\.isPassed) || grades.isEmpty { status = max(status, 1) }
      for grade in grades { Process.write(grade.json.text + "\n") }
    }
    return Self.interruption ?? status
  }

  private func pack(_ name: String) -> LessonPack? {
    if name == LessonPack.first.name { return .first }
    let (pack, errors) = LessonPack.read(name)
    guard let error = errors.first else { return pack }
    Coros.complain(
      "\(error.file):\(error.line): \(error.message)"
        + (error.hint.isEmpty ? "" : "\n  hint: \(error.hint)")
    )
    return nil
  }

  /// The grades of a file; none, and a line about it, if it is no hand-in.
  private func grades(of file: String, by grader: Grader) -> [GradedTask] {
    func refuse(_ message: String) -> [GradedTask] {
      let json: JSON = ["file": .string(file), "error": .string(message)]
      Process.write(json.text + "\n")
      return []
    }
    do throws(FileError) {
      let text = try FileReader.text(file, unless: Self.isInterrupted)
      if let grades = grader.grades(text, of: file) {
        return grades.isEmpty ? refuse("nothing of these lessons was handed in") : grades
      }
      return refuse("this is neither a hand-in nor a journal of one of these lessons")
    } catch {
      return refuse(error.message)
    }
  }
}
