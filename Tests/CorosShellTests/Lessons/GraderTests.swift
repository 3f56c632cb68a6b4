import CorosKernel
import CorosLanguage
import CorosPrograms
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosLessons
@testable import CorosSession
@testable import CorosShell

/// Hand-ins, right, wrong and hostile.
@Suite(.timeLimit(.minutes(15))) struct GraderTests {
  private let grader = Grader(.first, .builtIn) { false }

  private func grades(_ records: TaskRecord...) -> [GradedTask] {
    var progress = LessonProgress()
    for record in records { progress.set(record) }
    return grader.grades(progress.text, of: "x") ?? []
  }

  private func record(
    _ lesson: String,
    _ task: Int,
    answer: String? = nil,
    journal: String? = nil
  ) -> TaskRecord {
    var record = TaskRecord(pack: "first", lesson: lesson, task: task)
    record.isPassed = true
    record.answer = answer
    record.journal = journal
    return record
  }

  /// The journal of a task after some lines.
  private func journal(_ lesson: String, _ lines: String...) -> String {
    let test = TestShell()
    test.type("lesson \(lesson)")
    for line in lines { test.type(line) }
    return test.shell.session.journalText
  }

  @Test func `what passes at the prompt passes here`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/ada"
    let test = TestShell()
    test.type("lesson race", "answer 2", "hint", "answer 1", "lesson next")
    test.type("replay schedule1@0@manual@1x3.2x3", "lesson race 3", "answer a")
    test.type("lesson mutex", "mutex m", "program bump { lock m; n = n + 1; unlock m }", "check")
    #expect(test.type("lesson hand-in '\(path)'").hasPrefix("\(path): 3 tasks, 7 of 231 points"))
    let grades = try #require(grader.grades(folder.read("ada") ?? "", of: "ada"))
    #expect(grades.map(\.lesson) == ["race", "race", "race", "mutex"])
    #expect(grades.map(\.isPassed) == [true, true, false, true])
    #expect(grades.map(\.points) == [1, 3, 0, 3])
    #expect(
      grades[1].json.text
        == #"{"file":"ada","lesson":"race","task":2,"kind":"break","passed":true,"points":3,"of":3,"hints":0,"wrong":0,"steps":6,"switches":1,"reason":""}"#
    )
    // A hand-in is written over itself, and over nothing else.
    #expect(test.type("lesson hand-in '\(path)'").contains("3 tasks"))
    _ = try folder.write("other", "mine")
    #expect(test.type("lesson hand-in '\(folder.path)/other'").contains("is not a hand-in"))
  }

  @Test func `a journal that was saved is recognised by its beginning`() throws {
    let right = journal("race 2", "replay schedule1@0@manual@1x3.2x3")
    let graded = try #require(grader.grades(right, of: "x"))
    #expect(graded.map(\.lesson) == ["race"])
    #expect(graded[0].task == 2 && graded[0].isPassed)
    let wrong = try #require(
      grader.grades(journal("race 2", "replay schedule1@0@manual@1.2"), of: "x")
    )
    #expect(wrong.map(\.isPassed) == [false])
    #expect(
      grader.grades("coros journal 1\nseed 0\npolicy rr quantum=1\nlimit tasks 5\n", of: "x") == nil
    )
    #expect(grader.grades("anything", of: "x") == nil)
    #expect(grader.grades("", of: "x") == nil)
  }

  @Test func `nothing that a hand-in says of itself is believed`() {
    #expect(grades(record("race", 1, answer: "2"))[0].isPassed == false)
    #expect(grades(record("race", 1)).map(\.reason) == ["it is not done"])
    #expect(grades(record("race", 2, answer: "2")).map(\.reason) == ["it is not done"])
    #expect(
      grades(record("race", 1, answer: "n")).map(\.reason) == ["the answer is a whole number"]
    )
    #expect(
      grades(record("race", 2, journal: "nonsense"))[0].reason.hasPrefix("line 1 of the journal: ")
    )
    // Another machine, on which the condition holds.
    let other = TestShell()
    other.type("shared n = 2")
    #expect(
      grades(record("race", 2, journal: other.shell.session.journalText))[0].isPassed == false
    )
    // Lessons that there are not, and tasks that they have not, are passed over.
    #expect(grades(record("nosuch", 1, answer: "1"), record("race", 9, answer: "1")).isEmpty)
    var other2 = record("race", 1, answer: "1")
    other2.hints = .max
    other2.wrong = .max
    #expect(grades(other2).map(\.points) == [0])
  }

  @Test func `a hand-in reaches no file and no socket of the grader`() throws {
    let folder = try TemporaryFolder()
    try folder.write("secret", "the marks of others\n")
    let path = folder.file("socket")
    for line in ["spawn cat '\(folder.file("secret"))'", "spawn echo '\(path)'"] {
      // Saved where the machine has a world: what came in is in the journal.
      let recorded = journal("killing 1", line, "run 20")
      #expect(recorded.contains("\nin:"), "\(line)")
      let number = recorded.split(separator: "\n").firstIndex { $0.hasPrefix("in:") }.map { $0 + 1 }
      #expect(
        grades(record("killing", 1, journal: recorded)).map(\.reason)
          == [
            "line \(number ?? 0) of the journal: a task reaches outside here, "
              + "and this machine has no files, sockets or real time"
          ]
      )
      // The same without these lines: the task asks anew, and there is nothing to answer.
      let bare = recorded.split(separator: "\n").filter { !$0.hasPrefix("in:") }
      let graded = grades(record("killing", 1, journal: bare.joined(separator: "\n") + "\n"))
      #expect(graded.map(\.isPassed) == [false])
      #expect(access(path, F_OK) != 0)
    }
  }

  @Test func `what is tried on the bench finds no world`() throws {
    let folder = try TemporaryFolder()
    try folder.write("secret", "the marks of others\n")
    let lesson = try Lesson(parsing: Self.plainLesson, name: "x", file: "x.coros")
    let tools = LessonTools(commands: .all, catalogue: .builtIn)
    let bench = LessonBench(tools, lesson) { false }
    for line in [
      "spawn cat '\(folder.file("secret"))'", "spawn echo '\(folder.file("socket"))'",
      "spawn http 8099", "spawn fetch 8099",
    ] {
      try bench.run(LessonScript(lines: [line, "run"]), of: "x.coros")
      let task = try #require(bench.shell.session.lastSpawned)
      let ending = bench.shell.scheduler.tasks(includingEnded: true).first { $0.tid == task }
      let ended = String(describing: ending?.state)
      #expect(ended.contains("this machine has no world: no handles can be opened"), "\(line)")
    }
    #expect(bench.shell.session.handles.isEmpty)
    #expect(access(folder.file("socket"), F_OK) != 0)
    #expect(throws: LessonReproach.self) {
      try bench.run(LessonScript(lines: ["clock real"]), of: "x.coros")
    }
  }

  @Test func `a network in memory answers by itself, whatever a hand-in says`() throws {
    let right = journal("rewind 2", "step 8", "kill 2", "run 40")
    #expect(right.contains("\nnetwork simulated\n"))
    #expect(grades(record("rewind", 2, journal: right)).map(\.isPassed) == [true])
    // Without the sum of the line, as an older version wrote it.
    let forged = right.replacing(#/\nin:[0-9a-f]+ /#, with: "\nin ")
      .replacing("bytes GET%20/tick", with: "bytes GET%20/sick")
    try #require(forged != right)
    let reason = grades(record("rewind", 2, journal: forged))[0].reason
    #expect(reason.contains("the network of this machine does not answer so, but 'h3 receive"))
    // Without its network it is another machine.
    let outside = right.replacing("network simulated\n", with: "")
    #expect(grades(record("rewind", 2, journal: outside)).map(\.isPassed) == [false])
  }

  @Test func `a loaded machine goes on with its network in memory, until it is reset`() throws {
    let test = TestShell()
    test.type("lesson rewind", "run 40")
    let journal = test.shell.session.journalText
    let other = TestShell()
    try other.shell.session.load(journal)
    for shell in [test, other] {
      let said = shell.type("spawn fetch 8080 /tick", "run 40")
      #expect(said.contains("[4] tick 47\n"), "\(said)")
    }
    #expect(other.shell.session.journalText == test.shell.session.journalText)
    // Going back and changing something repeats as well.
    test.type("back 4", "kill 1", "run 40")
    try other.shell.session.load(test.shell.session.journalText)
    #expect(other.type("ps -a") == test.type("ps -a"))
    #expect(test.type("clock real").contains("a sandbox has no files, sockets or real time"))
    test.type("reset")
    #expect(!test.shell.session.journalText.contains("simulated"))
    #expect(test.type("clock real").contains("real time"))
  }

  private static let plainLesson =
    "#: title A\n#: task predict\n# Q\n#: answer 1\n#: hint\n# 1\n#: hint\n# 2\n#: hint\n# 3\n"
    + "#: check\nassert $answer == 1\n"

  @Test func `a hostile journal comes to an end`() {
    let begun = journal("killing 1")
    for line in [
      "at 2000000000 tick 2000000000", "go 99999999", "branch 7", "@0 kill 99",
      "@0 source /etc/passwd",
    ] {
      let graded = grades(record("killing", 1, journal: begun + line + "\n"))
      #expect(graded.map(\.isPassed) == [false], "\(line)")
      #expect(
        graded[0].reason.hasPrefix("line ") || graded[0].reason.hasPrefix("the journal"),
        "\(line)"
      )
    }
    #expect(
      grades(record("killing", 1, journal: begun + String(repeating: "#\n", count: 3 << 20)))[0]
        .reason
        .hasPrefix("its journal is longer than")
    )
  }
}
