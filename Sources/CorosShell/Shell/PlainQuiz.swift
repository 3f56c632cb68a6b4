package import CorosInsight

/// A quiz of questions in words, and what they are about.
package struct PlainQuiz {
  /// What the questions are about.
  package enum Subject {
    case forks
    case program(MachineQuiz)
  }

  package let subject: Subject
  package let seed: UInt64
  package var progress: QuestionQuiz

  /// Begins a quiz about forks.
  package init(forks seed: UInt64, questions: Int) {
    self.init(.forks, seed, ForkQuiz(seed: seed, questions: questions).questions)
  }

  /// Begins a quiz about a program in assembly.
  package init(_ program: MachineQuiz, seed: UInt64) {
    self.init(.program(program), seed, program.questions)
  }

  private init(_ subject: Subject, _ seed: UInt64, _ questions: [PlainQuestion]) {
    self.subject = subject
    self.seed = seed
    progress = QuestionQuiz(questions)
  }

  /// The question that is open.
  package var question: PlainQuestion { progress.questions[progress.current] }
}
