import CorosHistory
package import CorosInsight
import CorosInterpreter
import CorosKernel
import CorosLanguage
package import CorosLessons
import CorosSession

/// Says whether a task of a lesson is done, from an answer or from a journal alone.
///
/// The prompt and `--grade` ask the same judge: what passes here passes there.
package struct LessonJudge {
  package let lesson: Lesson
  package let index: Int
  private let tools: LessonTools
  private let interrupted: () -> Bool

  package var task: LessonTask { lesson.tasks[index] }

  /// The file of the lesson, for errors.
  private var name: String { "\(lesson.name).coros" }

  init(
    _ lesson: Lesson,
    _ index: Int,
    tools: LessonTools,
    interrupted: @escaping () -> Bool
  ) {
    self.lesson = lesson
    self.index = index
    self.tools = tools
    self.interrupted = interrupted
  }

  func bench() -> LessonBench { LessonBench(tools, lesson, interrupted: interrupted) }

  /// A machine as the task begins.
  package func begun() throws(LessonReproach) -> LessonBench {
    let bench = bench()
    try bench.run(lesson.given, of: name)
    try bench.run(task.given, of: name)
    return bench
  }

  // MARK: Answers

  /// Judges an answer.
  ///
  /// - Throws: What is wrong with actions that cannot be.
  package func verdict(answer: String) throws(ForkError) -> Verdict {
    let form = AnswerForm(task)
    guard let answer = form.normalized(answer) else {
      return .failed("the answer is \(form.words)")
    }
    guard try form.isRight(answer) else { return .failed(form.explanation(of: answer)) }
    return withRemark(.passed)
  }

  /// Proves an answer: runs the check of the lesson with it.
  package func prove(_ answer: String) throws(LessonReproach) {
    let bench = try begun()
    // A sequence of numbers is one word each.
    _ = bench.shell.variables.set("answer", to: answer)
    for (index, word) in answer.split(separator: " ").enumerated() {
      _ = bench.shell.variables.set("answer\(index + 1)", to: String(word))
    }
    try bench.run(task.check, of: name)
  }

  // MARK: Machines

  /// Judges the machine at the end of a journal.
  package func verdict(journal: String) -> Verdict {
    do throws(LessonReproach) {
      let given = try begun().shell.session
      let bench = bench()
      try bench.load(journal)
      try check(bench.shell.session, beganAs: given)
      if case .fix(let names) = task.kind {
        return withRemark(try fixed(names, bench.shell.session, given))
      }
      return withRemark(try broken(bench, given))
    } catch {
      return .failed(error.message)
    }
  }

  private func withRemark(_ verdict: Verdict) -> Verdict {
    var verdict = verdict
    if verdict.isPassed, !task.remark.isEmpty {
      verdict.remarks.insert(Verdict.Remark(.know, task.remark), at: 0)
    }
    return verdict
  }

  /// Whether a journal begins with what the lesson gives.
  package func begins(_ journal: String) -> Bool {
    guard let given = try? begun().shell.session else { return false }
    let bench = bench()
    guard (try? bench.load(journal)) != nil else { return false }
    return (try? check(bench.shell.session, beganAs: given)) != nil
  }

  private func check(
    _ session: Session,
    beganAs given: Session
  ) throws(LessonReproach) {
    guard JournalText.header(session.start) == JournalText.header(given.start),
      Self.changes(session).starts(with: Self.changes(given))
    else {
      throw LessonReproach(
        "this machine was not begun by the lesson; `lesson reset` begins the task again"
      )
    }
  }

  /// What was done to a machine that changes it, apart from choosing who runs: that is a learner's to do, and a
  /// schedule that is replayed does it anew.
  private static func changes(_ session: Session) -> [String] {
    let all = Set(Session.orders + ProgramWords.definitions).subtracting(["pick", "policy", "seed"])
    return session.machine.labels.filter { all.contains(word($0)) }
  }

  private static func word(_ label: String) -> String { String(label.prefix { !$0.isWhitespace }) }

  // MARK: Break it

  private func broken(
    _ bench: LessonBench,
    _ given: Session
  ) throws(LessonReproach) -> Verdict {
    let session = bench.shell.session
    for label in Self.changes(session).dropFirst(Self.changes(given).count) {
      if task.rules.allowed.contains(Self.word(label)) { continue }
      throw LessonReproach(
        "`\(excerpt(of: label))` is not allowed here; `lesson reset` begins again"
      )
    }
    let choices = Array(session.machine.schedule.choices)
    try bench.run(task.check, of: name)
    var verdict = Verdict.passed
    let own = choices.dropFirst(given.machine.schedule.count)
    verdict.steps = own.count
    verdict.switches = zip(own, own.dropFirst()).count { $0 != $1 }
    if let best = task.rules.best, let switches = verdict.switches {
      verdict.remarks.append(
        switches <= best
          ? Verdict.Remark(
            .wellDone,
            "with \(counted(switches, "switch", plural: "switches")): it does not go with fewer"
          )
          : Verdict.Remark(
            .could,
            "it goes with \(counted(best, "switch", plural: "switches")); you made \(switches)"
          )
      )
    }
    return verdict
  }

  // MARK: Fix it

  private func fixed(
    _ names: [String],
    _ session: Session,
    _ given: Session
  ) throws(LessonReproach) -> Verdict {
    let change = try LearnersChange(on: session, since: given, mayChange: names)
    try change.check(task.rules, mayChange: names)
    let reference = try solved(given, names)
    try change.checkTime(asIn: reference)
    let shared = given.sharedValues.map(\.name)
    var verdict = Verdict.passed
    for (index, scene) in task.scenes.enumerated() {
      // The learner does not know of scenes, and can type their commands.
      let place = task.scenes.count > 1 ? "with `\(scene.line)`, " : ""
      let bench = try bench(for: scene, with: change)
      let review = try review(bench, shared)
      if let fault = review.fault { throw LessonReproach(place + fault) }
      let wanted = try self.review(try self.bench(for: scene, with: reference), shared)
      if let wrong = review.finals.subtracting(wanted.finals).min() {
        let right = wanted.finals.sorted().joined(separator: " or ")
        throw LessonReproach("\(place)it can end with \(wrong); it must end with \(right)")
      }
      if index == 0 { try checkPossible(scene, with: change) }
      if verdict.remarks.isEmpty { verdict.remarks = remarks(on: bench) }
    }
    return verdict
  }

  /// What the solution of the lesson defines.
  private func solved(_ given: Session, _ names: [String]) throws(LessonReproach) -> LearnersChange
  {
    let bench = try begun()
    try bench.run(task.solution, of: name)
    return try LearnersChange(on: bench.shell.session, since: given, mayChange: names)
  }

  /// A machine with the definitions of the lesson and of the learner, and the tasks of a scene.
  private func bench(
    for scene: LessonScript,
    with change: LearnersChange
  ) throws(LessonReproach) -> LessonBench {
    let bench = bench()
    do throws(ProgramError) {
      for text in change.all { try bench.shell.session.define(text) }
    } catch {
      throw LessonReproach(error.message)
    }
    try bench.run(scene, of: name)
    return bench
  }

  private func review(
    _ bench: LessonBench,
    _ shared: [String]
  ) throws(LessonReproach) -> SceneReview {
    var never: [MachineExpression] = []
    for rule in task.rules.never { never.append(try condition(rule, bench)) }
    return try SceneReview(of: bench.shell.session, comparing: shared, forbidding: never) {
      bench.isInterrupted
    }
  }

  private func checkPossible(
    _ scene: LessonScript,
    with change: LearnersChange
  ) throws(LessonReproach) {
    for possible in task.rules.possible {
      let bench = try bench(for: scene, with: change)
      let condition = try condition(possible, bench)
      let holds = try SceneReview.isPossible(condition, for: bench.shell.session) {
        bench.isInterrupted
      }
      if !holds {
        throw LessonReproach("`\(possible.text)` must still be possible, and is not")
      }
    }
  }

  private func condition(
    _ rule: LessonRules.Condition,
    _ bench: LessonBench
  ) throws(LessonReproach) -> MachineExpression {
    let line = "assert " + rule.text
    do {
      let words = try CommandList(parsing: line).entries[0].command.expanded(
        with: bench.shell.variables
      )
      return try MachineExpression(
        Array(words.dropFirst()),
        in: line,
        isCondition: true,
        bench.shell.scheduler
      )
    } catch let error as any Diagnostic {
      throw LessonReproach("\(name):\(rule.line): \(error.message)")
    } catch {
      throw LessonReproach("\(name):\(rule.line): this is no condition")
    }
  }

  /// What a plain run of a scene makes suspicious.
  private func remarks(on bench: LessonBench) -> [Verdict.Remark] {
    guard (try? bench.run(LessonScript(lines: ["run 10000"]), of: name)) != nil else { return [] }
    let findings = bench.shell.session.recorders.lints.findings
    guard let first = findings.first else { return [] }
    return [Verdict.Remark(.could, first.sentence(bench.shell.scheduler))]
  }
}
