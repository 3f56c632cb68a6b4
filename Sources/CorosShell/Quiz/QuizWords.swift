package import CorosInsight
import CorosKernel

/// The texts of a quiz.
package struct QuizWords {
  package let sheet: QuizSheet
  package let style: Style
  package let width: Int

  package init(_ sheet: QuizSheet, _ look: Look) {
    self.sheet = sheet
    style = look.style
    width = look.width
  }

  private var exercise: QuizExercise { sheet.exercise }

  /// Everything needed to answer: the jobs, the policy, and how ticks are counted.
  package var introduction: String {
    var text = style.paint("Quiz \(exercise.seed)", .heading) + ": \(exercise.policy)\n\n"
    var table = TextTable(
      [.init("JOB"), .init("ARRIVES", .right), .init("LENGTH", .right)]
        + (exercise.rule.usesPriority ? [.init("PRIORITY", .right)] : []),
      style: style
    )
    for job in exercise.jobs {
      table.append(
        [.init(job.name, .heading), .init(job.arrival), .init(job.length)]
          + (exercise.rule.usesPriority ? [.init(job.priority)] : [])
      )
    }
    text += table.takeText() + "\n"
    text += wrapped(
      "One job has the CPU in each tick. A job that arrives at tick 3 can run in tick 3 already, and one "
        + "that runs in tick 6 for the last time has ended at tick 7. Of those that arrive together, "
        + "the upper one in the table comes first. " + exercise.rule.rule
    )
    return text
  }

  /// A question with its number.
  package func question(_ index: Int) -> String {
    wrapped("\(index + 1). " + sheet.questions[index].text(exercise))
  }

  /// All questions, each with its answer or space for it.
  package func questions(withAnswers: Bool) -> String {
    sheet.questions.indices.map { index in
      let answer = sheet.questions[index].answer(exercise).description
      return question(index) + "   "
        + (withAnswers ? style.paint(answer, .good) : "______") + "\n"
    }.joined(separator: "\n")
  }

  /// A hint to the question: where to look, then the rule, then the timeline.
  package func hint(_ number: Int, to index: Int, isUnicode: Bool) -> String {
    switch number {
    case 1: return sheet.questions[index].nudge(exercise)
    case 2: return "The rule of \(exercise.policy): " + exercise.rule.rule
    default:
      let chart = TimelineChart(
        exercise.rows,
        range: 0..<exercise.end,
        width: width,
        glyphs: isUnicode ? .unicode : .ascii,
        style: style
      )
      return (["What happened:"] + chart.lines + [chart.legend]).joined(separator: "\n")
    }
  }

  package func wrapped(_ text: String) -> String {
    TextFlow.wrapped(text, width: width, indent: "")
  }

  /// The next question, or the end.
  package func continuation(of progress: QuizProgress) -> String {
    guard progress.question != nil else {
      return wrapped(
        "That was the last one: \(progress.score) of \(progress.mostPoints) points. "
          + "`quiz` begins another."
      )
    }
    return question(progress.current)
  }
}
