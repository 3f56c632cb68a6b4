import CorosFiles
import CorosLanguage

/// Lessons in an order.
package struct LessonPack: Sendable {
  /// The name: that of its folder.
  package let name: String
  package let lessons: [Lesson]

  /// The most lessons of a pack.
  static let mostLessons = 500
  /// What follows `lesson` and is no name.
  package static let reserved = ["list", "next", "reset", "stop", "hand-in"]
  /// The file with the names of the lessons, in order.
  package static let orderFile = "order"

  init(name: String, lessons: [Lesson]) {
    self.name = name
    self.lessons = lessons
  }

  /// The points for all lessons.
  package var points: Int { lessons.reduce(0) { $0 + $1.points } }

  /// The index of a lesson: by its name or its number, or by the beginning of one name only.
  package func index(of word: String) -> Int? {
    if let exact = lessons.firstIndex(where: { $0.name == word }) { return exact }
    if let number = Int(word), lessons.indices.contains(number - 1) { return number - 1 }
    let matching = lessons.indices.filter { !word.isEmpty && lessons[$0].name.hasPrefix(word) }
    return matching.count == 1 ? matching[0] : nil
  }

  // MARK: Reading

  /// Reads the pack in a folder: its file `order`, and a file NAME.coros for each name in it.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: The pack, as far as it can be read, and all that is wrong with it.
  package static func read(_ folder: String) -> (pack: LessonPack, errors: [LessonError]) {
    var errors: [LessonError] = []
    var lessons: [Lesson] = []
    let path = folder + "/" + orderFile
    do throws(FileError) {
      for (name, line) in try names(FileReader.text(path), path, &errors) {
        if let lesson = lesson(name, in: folder, from: (path, line), &errors) {
          lessons.append(lesson)
        }
      }
    } catch {
      errors.append(
        LessonError(
          path,
          1,
          error.message,
          hint: "a pack is a folder, and this file in it lists the lessons, one a line; "
            + "`first` comes with coros"
        )
      )
    }
    return (LessonPack(name: Self.name(of: folder), lessons: lessons), errors)
  }

  private static func name(of folder: String) -> String {
    folder.split(separator: "/").last { $0 != "." }.map(String.init) ?? folder
  }

  private static func names(
    _ text: String,
    _ path: String,
    _ errors: inout [LessonError]
  ) -> [(name: String, line: Int)] {
    var found: [(name: String, line: Int)] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let name = String(line.prefix { $0 != "#" }.trimmed)
      if name.isEmpty { continue }
      func refuse(_ message: String, _ hint: String = "") {
        errors.append(LessonError(path, index + 1, message, hint: hint))
      }
      guard name.utf8.allSatisfy({ $0.isNameByte }), name.utf8.count <= 40 else {
        refuse(
          "'\(excerpt(of: name))' cannot be the name of a lesson",
          "letters, digits and dashes"
        )
        continue
      }
      if reserved.contains(name) || Int(name) != nil {
        refuse("`\(name)` cannot be the name of a lesson", "`lesson \(name)` means something else")
        continue
      }
      if let first = found.first(where: { $0.name == name }) {
        refuse("`\(name)` stands here twice", "it stands in line \(first.line) already")
        continue
      }
      if found.count == mostLessons {
        refuse("a pack has at most \(mostLessons) lessons")
        break
      }
      found.append((name, index + 1))
    }
    if found.isEmpty, errors.isEmpty {
      errors.append(
        LessonError(path, 1, "the pack has no lesson", hint: "list their names, one a line")
      )
    }
    return found
  }

  private static func lesson(
    _ name: String,
    in folder: String,
    from place: (path: String, line: Int),
    _ errors: inout [LessonError]
  ) -> Lesson? {
    let path = "\(folder)/\(name).coros"
    let text: String
    do throws(FileError) {
      text = try FileReader.text(path)
    } catch {
      errors.append(
        LessonError(
          place.path,
          place.line,
          error.message,
          hint: error.isAboutMissingFile
            ? "a lesson is a file NAME.coros beside `order`" : error.hint
        )
      )
      return nil
    }
    do throws(LessonError) {
      return try Lesson(parsing: text, name: name, file: path)
    } catch {
      errors.append(error)
      return nil
    }
  }
}

extension UInt8 {
  /// Whether it may stand in the name of a lesson.
  fileprivate var isNameByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}
