import CorosInsight
import CorosLanguage
package import CorosLessons
import CorosSession

/// Tries the lessons of a pack: each task must fail as given, and pass with its solution.
package struct PackCheck {
  private let tools: LessonTools
  private let interrupted: () -> Bool

  /// Prepares to check.
  ///
  /// - Parameters:
  ///   - tools: The commands and programs there are.
  ///   - interrupted: Whether the person has pressed Ctrl-C.
  package init(_ tools: LessonTools, interrupted: @escaping () -> Bool) {
    self.tools = tools
    self.interrupted = interrupted
  }

  /// The most columns of a line of text, beside the margin.
  private static let width = 80

  /// What is wrong with a lesson.
  package func faults(of lesson: Lesson) -> [LessonError] {
    var faults: [LessonError] = []
    func note(_ line: Int, _ message: String) {
      faults.append(LessonError("\(lesson.name).coros", line, message))
    }
    checkWidth(lesson.title + "\n" + lesson.text, 1, note)
    for (index, task) in lesson.tasks.enumerated() where !interrupted() {
      for text in [task.question, task.remark] + task.hints + task.mistakes.map(\.text)
        + task.choices
      {
        checkWidth(text, task.line, note)
      }
      let judge = LessonJudge(lesson, index, tools: tools, interrupted: interrupted)
      for message in faultsOfTask(judge) {
        // Errors in commands name their line themselves.
        note(task.line, "task \(index + 1) (\(task.kind.word)): \(message)")
      }
    }
    return faults
  }

  private func checkWidth(_ text: String, _ line: Int, _ note: (Int, String) -> Void) {
    for part in text.split(separator: "\n") where part.count > Self.width {
      note(line, "this is wider than \(Self.width) columns: '\(excerpt(of: String(part)))'")
    }
  }

  private func faultsOfTask(_ judge: LessonJudge) -> [String] {
    do throws(LessonReproach) {
      let given = try judge.begun()
      return judge.task.kind.isAnswered
        ? try answerFaults(judge) : try machineFaults(judge, given)
    } catch {
      return [error.message]
    }
  }

  // MARK: Answers

  private func answerFaults(_ judge: LessonJudge) throws(LessonReproach) -> [String] {
    var faults: [String] = []
    let task = judge.task
    let form = AnswerForm(task)
    var right = task.answers
    if case .trees(let forks) = task.kind {
      let tree = (try? ForkRun(forks.actions, reparenting: forks.reparenting))?.trees.last
      right = forks.isReversed ? [forks.actions] : tree.map { [$0.notation] } ?? []
    }
    for answer in right {
      guard let normal = form.normalized(answer) else {
        faults.append("'\(answer)' is no answer: \(form.words)")
        continue
      }
      if (try? judge.verdict(answer: normal))?.isPassed != true {
        faults.append("the answer '\(answer)' does not pass")
      }
      if !task.check.isEmpty { try judge.prove(normal) }
    }
    let mentionsAnswer = task.check.lines.contains { $0.contains("$answer") }
    if task.kind == .predict, !mentionsAnswer {
      faults.append("the check does not mention $answer, so it proves nothing")
    }
    for mistake in task.mistakes {
      guard let normal = form.normalized(mistake.answer) else {
        faults.append("nobody can answer '\(mistake.answer)'")
        continue
      }
      if (try? judge.verdict(answer: normal))?.isPassed == true {
        faults.append("'\(mistake.answer)' is said to be wrong, and passes")
      }
      if mentionsAnswer, (try? judge.prove(normal)) != nil {
        faults.append("the check proves the wrong answer '\(mistake.answer)', too")
      }
    }
    return faults
  }

  // MARK: Machines

  private func machineFaults(
    _ judge: LessonJudge,
    _ given: LessonBench
  ) throws(LessonReproach) -> [String] {
    var faults: [String] = []
    if judge.verdict(journal: given.shell.session.journalText).isPassed {
      faults.append("it passes as given")
    }
    let solved = try judge.begun()
    try solved.run(judge.task.solution, of: "\(judge.lesson.name).coros")
    let verdict = judge.verdict(journal: solved.shell.session.journalText)
    if !verdict.isPassed { faults.append("the solution does not pass: \(verdict.reason)") }
    if let best = judge.task.rules.best, verdict.isPassed, verdict.switches != best {
      faults.append("the solution makes \(verdict.switches ?? 0) switches, and `best` says \(best)")
    }
    return faults
  }
}
