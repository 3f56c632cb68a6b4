import CorosKernel
import CorosPrograms
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosLessons
@testable import CorosSession
@testable import CorosShell

/// Lessons at the prompt.
@Suite(.timeLimit(.minutes(15))) struct LessonTests {
  private static let names = LessonPack.first.lessons.map(\.name)

  @Test(arguments: names)
  func `each lesson fails as given, and passes with its solution`(_ name: String) throws {
    let lesson = try #require(LessonPack.first.lessons.first { $0.name == name })
    let faults = PackCheck(.builtIn) { false }.faults(of: lesson)
    #expect(faults.map { "\($0.line): \($0.message)" } == [])
  }

  // MARK: Answers

  @Test func `a wrong answer is explained and costs a point, and nonsense costs nothing`() {
    let test = TestShell()
    test.type("lesson race")
    #expect(test.type("answer 2").hasPrefix("Not yet. It should be. Step through it"))
    #expect(test.type("answer two").contains("cannot be the answer"))
    #expect(
      test.type("answer 1").hasPrefix("Task 1 is done: 2 points.\nOne of the two updates is lost.")
    )
    // Nothing counts any more once it is done.
    test.type("answer 2", "hint")
    #expect(
      test.type("lesson list").contains("1/3     2/9")
    )
  }

  @Test func `each hint says more, and costs a point`() {
    let test = TestShell()
    test.type("lesson race")
    let hints = (1...4).map { _ in test.type("hint") }
    #expect(hints[0].hasPrefix("`step`, and Return."))
    #expect(hints[2] == "Both read 0, so both write 1.\n")
    #expect(hints[3] == hints[2])
    #expect(test.type("answer 1").hasPrefix("Task 1 is done: 0 points."))
  }

  @Test func `a quiz goes first`() {
    let test = TestShell()
    test.type("lesson race", "quiz --seed 42")
    #expect(test.type("answer 1") == "No. Try again, or ask for a `hint`.\n")
    test.type("quiz stop")
    #expect(test.type("answer 1").hasPrefix("Task 1 is done"))
  }

  @Test func `a choice, and trees in both directions`() {
    let test = TestShell()
    test.type("lesson race 3")
    #expect(test.type("answer a").hasPrefix("Not yet. You have just seen"))
    #expect(test.type("answer d").contains("a letter from a to c"))
    #expect(test.type("answer B").hasPrefix("Task 3 is done"))
    test.type("lesson trees")
    #expect(test.type("answer a(b,c,d)").hasPrefix("Not yet. Try again."))
    #expect(test.type("answer a(c,b(d))").hasPrefix("Task 1 is done"))
    test.type("lesson trees 3")
    #expect(test.type("answer b+c").contains("there is no process b"))
    #expect(test.type("answer a+e,e+f,a+b,b+d,b+c").hasPrefix("Task 3 is done"))
  }

  // MARK: Break it

  @Test func `a task is done by itself when the machine is there`() {
    let test = TestShell()
    test.type("lesson race 2")
    for _ in 1...3 { test.type("pick 1", "step") }
    for _ in 1...2 { #expect(!test.type("pick 2", "step").contains("done")) }
    let last = test.type("pick 2", "step")
    #expect(last.contains("Task 2 is done: 3 points."))
    #expect(last.contains("well done: with 1 switch"))
    // It is said once.
    #expect(!test.type("clock").contains("done"))
    #expect(test.type("check").contains("Task 2 is done"))
  }

  @Test func `the machine may not be bent`() {
    let test = TestShell()
    test.type("lesson race 2", "shared n = 2", "kill all")
    #expect(test.type("check").hasPrefix("Not yet: `shared n = 2` is not allowed here"))
    test.type("lesson reset", "program bump { n = 2 }", "kill all", "spawn bump", "run")
    #expect(test.type("check").hasPrefix("Not yet: `program bump { n = 2 }` is not allowed here"))
    test.type("reset", "shared n = 2")
    #expect(test.type("check").hasPrefix("Not yet: this machine was not begun by the lesson"))
    // What was taken back was not done.
    test.type("lesson reset", "pick 1", "step", "kill 1", "back")
    #expect(test.type("check").hasPrefix("Not yet: race.coros:"))
  }

  @Test func `more switches than needed are remarked`() {
    let test = TestShell()
    test.type("lesson race 2")
    let said = test.type("replay schedule1@0@manual@1.1.2.2.1.2")
    #expect(said.contains("could: it goes with 1 switch; you made 3"))
  }

  // MARK: Fix it

  private func verdict(_ lesson: String, _ lines: String...) -> String {
    let test = TestShell()
    test.type("lesson \(lesson)")
    for line in lines { test.type(line) }
    return test.type("check")
  }

  @Test func `a program is tried in every order`() {
    #expect(
      verdict("mutex").contains(
        "Not yet: with `spawn bump x2`, it can end with n = 1; it must end with n = 2"
      )
    )
    #expect(
      verdict("mutex", "mutex m", "program bump { lock m; n = n + 1; unlock m }").hasPrefix(
        "Task 1 is done"
      )
    )
    #expect(
      verdict("mutex", "mutex m", "program bump { n = n + 1; lock m; unlock m }").contains(
        "Not yet: "
      )
    )
    #expect(
      verdict("mutex", "mutex m", "program bump { lock m; lock m; n = n + 1; unlock m }").contains(
        "Not yet: "
      )
    )
  }

  @Test func `what only looks like a solution is none`() {
    // A constant, which is right for two tasks alone, and where the line stands in code that never runs.
    #expect(
      verdict("mutex", "program bump { if false { n = n + 1 }; n = 2 }").contains(
        "with `shared n = 10; spawn bump x3`, "
      )
    )
    // The line stands in a comment.
    #expect(
      verdict("mutex", "mutex m", "program bump { # n = n + 1\n lock m; n += 1; unlock m }")
        .contains("`n = n + 1` must stay in the program")
    )
    #expect(verdict("mutex", "program bump { atomic { n = n + 1 } }").contains("contains `atomic`"))
    // In a procedure of another name.
    #expect(
      verdict(
        "mutex",
        "procedure up_by_one(x) { atomic { x = x + 1 } }",
        "program bump { n = n + 1; up_by_one(n) }"
      )
      .contains("`up_by_one` contains `atomic`")
    )
    // A word in a text or a comment is no word of the program.
    #expect(
      verdict(
        "mutex",
        "mutex m",
        "program bump { lock m # atomic\n n = n + 1; unlock m; write \"atomic\" }"
      )
      .hasPrefix("Task 1 is done")
    )
    #expect(
      verdict("mutex", "mutex m[2]", "program bump { lock m[0]; n = n + 1; unlock m[0] }")
        .contains("you have 2 mutexes of your own, and 1 must do")
    )
    #expect(verdict("mutex", "shared n = 5").contains("`n` must stay as the lesson gave it"))
    #expect(verdict("mutex", "always n < 9").contains("the lesson checks by itself"))
    // One big lock keeps readers apart.
    #expect(
      verdict(
        "readers 2",
        "mutex m",
        """
        program reader {
          lock m
          down room
          atomic { reading += 1 }
          var before = value
          var later = value
          atomic { reading -= 1 }
          assert before == later
          up room
          unlock m
        }
        """
      ).contains("`reading == 2` must still be possible, and is not")
    )
    // Giving up one of two locks is no order of locks.
    #expect(
      verdict("deadlock 2", "program ba { lock b; unlock b }").contains("must still be possible")
    )
  }

  @Test func `too many states are named, and no check hangs`() {
    #expect(
      verdict("mutex", "mutex m", "program bump { repeat 1000000 { lock m; n = n + 1; unlock m } }")
        .contains("Not yet: ")
    )
    #expect(verdict("mutex", "program bump { loop { n = n + 1 } }").contains("Not yet: "))
  }

  // MARK: Going on

  @Test func `nothing goes on by itself`() {
    let test = TestShell()
    #expect(test.type("lesson").hasPrefix("Lesson 1 of \(Self.names.count): "))
    #expect(test.type("lesson next").contains("Task 2 of 2"))
    #expect(test.type("lesson").contains("Task 2 of 2"))
    #expect(test.type("lesson next").hasPrefix("Lesson 2 of"))
    test.type("lesson \(Self.names.count) \(LessonPack.first.lessons.last?.tasks.count ?? 1)")
    #expect(test.type("lesson next").hasPrefix("That was the last lesson."))
    #expect(test.type("lesson stop").contains("`lesson NAME` opens one"))
    #expect(test.type("check").hasPrefix("no lesson is open"))
  }

  @Test func `work of one's own is not lost`() {
    let test = TestShell()
    test.type("spawn count")
    #expect(test.type("lesson race").contains("there is work of yours on this one"))
    #expect(test.shell.scheduler.liveTaskCount == 1)
    #expect(test.type("lesson race --force").hasPrefix("Lesson 10"))
    // What a lesson has made is not one's own.
    test.type("step")
    #expect(test.type("lesson trees").hasPrefix("Lesson 8"))
  }

  @Test(arguments: [
    ("lesson nosuch", "there is no lesson 'nosuch'"),
    ("lesson s", "several lessons begin with 's'"),
    ("lesson race 4", "there is no task '4' in this lesson"),
    ("lesson race 1 1", "lesson does not take '1'"),
    ("lesson list all", "nothing follows here: 'all'"),
    ("lesson next", "no lesson is open"),
    ("lesson reset", "no lesson is open"),
    ("lesson stop", "no lesson is open"),
    ("lesson hand-in", "hand-in needs a file"),
    ("lesson --pack /nowhere", "/nowhere/order:1: cannot read"),
    ("check", "no lesson is open"),
    ("check now", "check does not take 'now'"),
  ])
  func `what cannot be done is explained`(_ line: String, _ expected: String) {
    #expect(TestShell().type(line).hasPrefix(expected))
  }

  @Test func `a task whose answer is the machine takes no answer`() {
    let test = TestShell()
    test.type("lesson race 2")
    #expect(test.type("answer 2").hasPrefix("the answer to this task is the machine"))
  }

  // MARK: Progress

  @Test func `progress is kept, and comes back in the next session`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/coros/lessons"
    let first = TestShell()
    first.shell.keepLessons(in: path)
    first.type("lesson race", "hint", "answer 1", "lesson next")
    let second = TestShell()
    second.shell.keepLessons(in: path)
    #expect(second.type("lesson").contains("Task 2 of 3"))
    #expect(second.type("lesson list").contains("1/3     2/9"))
    // And a third at the same time adds to it.
    first.type("lesson race 3", "answer b")
    second.type("lesson trees", "answer a(c,b(d))")
    let third = TestShell()
    third.shell.keepLessons(in: path)
    #expect(third.type("lesson list").contains("8 of 231 points"))
    #expect(third.type("lesson reset all").contains("0 of 231 points"))
  }

  @Test func `progress that cannot be kept is said once, and lessons go on`() throws {
    let folder = try TemporaryFolder()
    let test = TestShell()
    test.shell.keepLessons(in: folder.path)
    #expect(test.type("lesson race").hasPrefix("coros: progress in lessons is not kept: "))
    #expect(test.type("answer 1").hasPrefix("Task 1 is done"))
  }
}
