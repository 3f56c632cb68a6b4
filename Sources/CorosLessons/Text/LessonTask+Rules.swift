import CorosLanguage

// What each kind of task must have.

extension LessonTask {
  /// Fails if a part is missing, or does not belong to this kind.
  func check(in file: String) throws(LessonError) {
    func fail(_ message: String, _ hint: String = "") -> LessonError {
      LessonError(file, line, message, hint: hint)
    }
    if question.isEmpty { throw fail("the task asks nothing", "text goes below `#: task`") }
    if hints.count != Self.hintCount || hints.contains("") {
      throw fail(
        "the task has \(counted(hints.count { !$0.isEmpty }, "hint")), and needs \(Self.hintCount)",
        "each begins with `#: hint`, and text goes below it"
      )
    }
    if kind.isAnswered {
      if !scenes.isEmpty { throw fail("`scene` belongs to tasks of the kind `fix`") }
      if solution.isEmpty == false { throw fail("the solution of this task is its `answer`") }
    } else {
      if !answers.isEmpty { throw fail("the machine is the answer: `answer` does not belong here") }
      if solution.isEmpty { throw fail("the task has no solution", "`#: solution`, and commands") }
    }
    switch kind {
    case .predict:
      if answers.isEmpty { throw fail("the task has no answer", "`#: answer 3`") }
      if check.isEmpty {
        throw fail(
          "nothing proves the answer",
          "`#: check`, and commands that fail when $answer is wrong"
        )
      }
    case .name:
      if choices.count < 2 { throw fail("there is nothing to choose from", "`#: choice WORDS`") }
      if choices.count > 9 { throw fail("more than 9 choices are too many") }
      if answers.isEmpty { throw fail("the task has no answer", "`#: answer b`") }
      for answer in answers + mistakes.map(\.answer) where choice(answer) == nil {
        throw fail("there is no choice '\(excerpt(of: answer))'", "choices are a, b, c ...")
      }
    case .breakIt:
      if check.isEmpty { throw fail("nothing is checked", "`#: check`, and commands") }
    case .fix:
      if scenes.isEmpty { throw fail("the program is tried nowhere", "`#: scene`, and commands") }
    case .trees: break
    }
  }

  /// The index of a choice that is named by its letter.
  package func choice(_ letter: String) -> Int? {
    guard letter.utf8.count == 1, let byte = letter.lowercased().utf8.first, byte >= 0x61 else {
      return nil
    }
    let index = Int(byte - 0x61)
    return index < choices.count ? index : nil
  }
}
