import CorosInsight
import CorosLanguage
import CorosMachine

/// The texts of a quiz of questions in words.
package struct PlainQuizWords {
  package let quiz: PlainQuiz
  package let look: Look

  package init(_ quiz: PlainQuiz, _ look: Look) {
    self.quiz = quiz
    self.look = look
  }

  /// What one needs to know to answer.
  ///
  /// - Parameter withAnswers: Whether to show what is asked for.
  /// - Returns: A title, the rules, and the instructions of a program.
  package func introduction(withAnswers: Bool = false) -> String {
    let title = look.style.paint("Quiz \(quiz.seed)", .heading)
    switch quiz.subject {
    case .forks:
      return title + ": forks\n\n"
        + wrapped(
          "A process forks others, or exits; the root takes in the children of one that exits, with all that is "
            + "below them, at the end of its list."
        ) + "\n"
    case .program(let program):
      let threads = counted(program.load.threadCount, "thread")
      let name = excerpt(of: program.load.assembly.name)
      return title + ": \(name), \(threads), \(program.policy)\n\n"
        + wrapped(
          "These are the instructions in the order in which they ran. Each thread has registers of its own; the "
            + "cells of memory belong to all. \(start(program)) `?` is for you to find out."
        ) + "\n" + table(program, withAnswers: withAnswers) + "\n"
    }
  }

  private func start(_ program: MachineQuiz) -> String {
    let first = program.load.settings.words.filter { word in
      !["threads=", "load=", "memory="].contains { word.hasPrefix($0) }
    }
    return first.isEmpty
      ? "All are 0 at first." : "At first, \(first.joined(separator: ", ")), and all else is 0."
  }

  private func table(_ program: MachineQuiz, withAnswers: Bool) -> String {
    var table = TextTable(
      [
        .init("STEP", .right), .init("THREAD", .right), .init("LINE", .right), .init("INSTRUCTION"),
        .init("THEN", isOptional: true),
      ],
      style: look.style
    )
    for (index, step) in program.trace.enumerated() {
      let then = step.change.map { "\($0.place) = \(withAnswers ? String($0.after) : "?")" }
      table.append([
        .init(index + 1), .init(step.thread + 1), .init(step.line), .init(step.words, .name),
        .init(then ?? ""),
      ])
    }
    return table.takeText()
  }

  /// A question with its number.
  package func question(_ index: Int) -> String {
    wrapped("\(index + 1). \(quiz.progress.questions[index].text)")
  }

  /// All questions, each with its answer or space for it.
  package func questions(withAnswers: Bool) -> String {
    quiz.progress.questions.enumerated().map { index, asked in
      question(index) + "   "
        + (withAnswers ? look.style.paint(asked.answer, .good) : "______") + "\n"
    }.joined(separator: "\n")
  }

  /// The open question, or the end.
  package var continuation: String {
    let progress = quiz.progress
    if progress.isOpen { return question(progress.current) }
    let word =
      switch quiz.subject {
      case .forks: "forks"
      case .program: "asm FILE"
      }
    return "That was the last one: \(progress.score) of \(progress.mostPoints) points. "
      + "`quiz \(word)` begins another.\n"
  }

  /// A text that flows; each of its lines ends where it ends.
  package func wrapped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { TextFlow.wrapped(String($0), width: look.width, indent: "") }.joined()
  }
}
