extension LessonPack {
  /// The pack that comes with the program, made from the files of `Lessons/first` by `scripts/lessons`.
  ///
  /// It is part of the program, so that a single file, copied anywhere, can teach.
  package static let first: LessonPack = {
    let lessons = FirstPack.texts.map { name, text -> Lesson in
      do throws(LessonError) {
        return try Lesson(parsing: text + "\n", name: name, file: "\(name).coros")
      } catch {
        preconditionFailure("\(error.file):\(error.line): \(error.message)")
      }
    }
    return LessonPack(name: "first", lessons: lessons)
  }()
}
