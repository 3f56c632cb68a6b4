import CorosInsight

/// A quiz of questions in words, and what they are about.
struct PlainQuiz {
  /// What the questions are about.
  enum Subject {
    case forks
    case program(MachineQuiz)
  }

  let subject: Subject
  let seed: UInt64
  var progress: QuestionQuiz

  /// Begins a quiz about forks.
  init(forks seed: UInt64, questions: Int) {
    self.init(.forks, seed, ForkQuiz(seed: seed, questions: questions).questions)
  }

  /// Begins a quiz about a program in assembly.
  init(_ program: MachineQuiz, seed: UInt64) {
    self.init(.program(program), seed, program.questions)
  }

  private init(_ subject: Subject, _ seed: UInt64, _ questions: [PlainQuestion]) {
    self.subject = subject
    self.seed = seed
    progress = QuestionQuiz(questions)
  }

  /// The question that is open.
  var question: PlainQuestion { progress.questions[progress.current] }
}
