import CorosTestSupport
import Testing

@testable import CorosLessons

@Suite struct LessonParsingTests {
  static let hints = "#: hint\n# one\n#: hint\n# two\n#: hint\n# three\n"
  static let good = """
    #: title A lesson
    #: tell
    # Words.
    #
    # More words.
    #: given
    shared n = 0

    spawn count
    #: task predict
    # How many?
    #: answer 3
    #: check
    assert $answer == 3

    """ + hints

  private func error(_ text: String) -> String {
    do throws(LessonError) {
      _ = try Lesson(parsing: text, name: "x", file: "x.coros")
      return "none"
    } catch {
      return "\(error.line): \(error.message)"
    }
  }

  @Test func `a lesson has parts`() throws {
    let lesson = try Lesson(parsing: Self.good, name: "x", file: "x.coros")
    #expect(lesson.title == "A lesson")
    #expect(lesson.text == "Words.\n\nMore words.")
    #expect(lesson.given.firstLine == 7)
    #expect(lesson.given.commands == ["shared n = 0", "spawn count"])
    #expect(
      lesson.given.padded.split(separator: "\n", omittingEmptySubsequences: false)[6]
        == "shared n = 0"
    )
    #expect(lesson.tasks.map(\.kind) == [.predict])
    #expect(lesson.tasks[0].hints == ["one", "two", "three"])
    #expect(lesson.points == 3)
  }

  @Test(arguments: [
    ("", "1: the lesson has no title"),
    ("#: title A\n", "1: the lesson has no task"),
    ("spawn count\n", "1: this stands before the first part of the lesson"),
    ("#:\n", "1: a part needs a name"),
    ("#: title A\nspawn count\n", "2: nothing belongs below `#: title`"),
    ("#: title A\n#: tell\nspawn count\n", "3: this is a command, and `tell` is followed by text"),
    ("#: title A\n#: tel\n", "2: `#: tel` does not belong here"),
    ("#: title A\n#: task\n", "2: a task needs a kind"),
    ("#: title A\n#: task guess\n", "2: there is no kind of task 'guess'"),
    ("#: title A\n#: task fix\n", "2: `fix` needs the names of the programs that may change"),
    ("#: title A\n#: task trees a+\n", "2: 'a+' is not an action"),
    ("#: title A\n#: task trees a+b upside\n", "2: `upside` does not belong here"),
    ("#: title A\n#: task predict\n", "2: the task asks nothing"),
    (
      "#: title A\n#: task predict\n# Q\n#: answer 1\n#: hint\n# 1\n",
      "2: the task has 1 hint, and needs 3"
    ),
    ("#: title A\n#: task predict\n# Q\n" + hints, "2: the task has no answer"),
    ("#: title A\n#: task predict\n# Q\n#: answer 1\n" + hints, "2: nothing proves the answer"),
    ("#: title A\n#: task break\n# Q\n" + hints, "2: the task has no solution"),
    ("#: title A\n#: task break\n# Q\n#: solution\nstep\n" + hints, "2: nothing is checked"),
    (
      "#: title A\n#: task fix p\n# Q\n#: solution\nstep\n" + hints,
      "2: the program is tried nowhere"
    ),
    ("#: title A\n#: task name\n# Q\n#: answer a\n" + hints, "2: there is nothing to choose from"),
    (
      "#: title A\n#: task name\n# Q\n#: choice x\n#: choice y\n#: answer c\n" + hints,
      "2: there is no choice 'c'"
    ),
    ("#: title A\n#: task name\n#: answer\n", "3: something is missing behind `answer`"),
    (
      "#: title A\n#: task name\n#: points 1000\n",
      "3: `points` needs a whole number from 1 to 100, not '1000'"
    ),
    (
      "#: title A\n#: task fix p\n#: most many mutex\n",
      "3: `most` needs a whole number from 0 to 1000, not 'many'"
    ),
    (
      "#: title A\n#: task fix p\n#: most 1 lock\n", "3: `most` needs a number and a kind of object"
    ),
    ("#: title A\n#: task fix p\n#: tell\n", "3: `#: tell` does not belong in a task"),
  ])
  func `what is wrong has a line`(_ text: String, _ expected: String) {
    #expect(error(text) == expected)
  }

  @Test func `huge lessons are refused`() {
    #expect(error(String(repeating: "#: tell\n", count: 2_000)).hasSuffix("at most 1000 parts"))
    #expect(
      error(String(repeating: "# text\n", count: 50_000)).hasPrefix("1: a lesson cannot be longer")
    )
  }

  @Test func `a pack names what is wrong in its order`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("good.coros", Self.good)
    _ = try folder.write("bad.coros", "#: title A\n")
    _ = try folder.write("order", "good # the first\n\ngood\nmissing\nlist\n../x\nbad\n")
    let (pack, errors) = LessonPack.read(folder.path)
    #expect(pack.lessons.map(\.name) == ["good"])
    #expect(errors.map(\.line) == [3, 5, 6, 4, 1])
    #expect(errors[0].message == "`good` stands here twice")
    #expect(errors[2].message == "'../x' cannot be the name of a lesson")
    #expect(LessonPack.read(folder.path + "/nowhere").errors.count == 1)
    _ = try folder.write("order", "# nothing\n")
    #expect(LessonPack.read(folder.path).errors.map(\.message) == ["the pack has no lesson"])
  }

  @Test func `the program has the lessons of its source`() throws {
    let folder = packageFolder + "/Lessons/first"
    let (pack, errors) = LessonPack.read(folder)
    #expect(errors.isEmpty)
    #expect(pack.lessons.map(\.name) == LessonPack.first.lessons.map(\.name))
    #expect(pack.lessons.count >= 24)
    for (lesson, built) in zip(pack.lessons, LessonPack.first.lessons) {
      let isSame = lesson == built
      #expect(isSame, "\(lesson.name) has changed: run scripts/lessons")
    }
  }

  @Test func `a lesson is found by its name, its number, or a beginning`() {
    let pack = LessonPack.first
    #expect(pack.index(of: "1") == 0)
    #expect(pack.index(of: pack.lessons[3].name) == 3)
    #expect(pack.index(of: "sched") == pack.lessons.firstIndex { $0.name == "schedules" })
    #expect(pack.index(of: "s") == nil)
    #expect(pack.index(of: "") == nil)
    #expect(pack.index(of: "0") == nil)
  }
}
