import CorosInsight
import CorosKernel
import CorosLanguage
import CorosMachine
import CorosSession
import CorosShell

extension Commands {
  /// Asks what a policy does with random jobs, and checks the answers.
  enum Quiz: SimpleCommand {
    static let manual = Manual(
      name: "quiz",
      summary: "predict what a policy does with random jobs",
      usage: "quiz [forks | asm FILE [KEY=VALUE ...] | next | stop]",
      group: .learning,
      details: """
        The quiz draws random jobs and asks what happens to them: which job runs when, and what their \
        response, turnaround and wait times are. Take pencil and paper, and type `answer X`. A question is \
        worth 3 points, one less for each wrong answer and for each `hint`. `quiz next` skips a question and \
        tells the answer, `quiz` repeats the question, and `quiz stop` ends the quiz.

        `quiz forks` asks about trees of processes instead: what becomes of a tree when a process forks or exits, \
        and, the other way round, what has happened between two trees.

        `quiz asm FILE` asks about a program in assembly instead: it shows the order in which the instructions \
        ran, with a `?` for each number that was written, and asks for some of them. The words after the file are \
        those of `asm`.

        For jobs, the policy must be one that can be worked out by hand. The same seed, policy and numbers of jobs and \
        questions give the same quiz everywhere. A sheet is for handing out. Jobs and programs run on a machine \
        of their own; yours does not change.
        """,
      example: "quiz --seed 7 --policy rr:quantum=2",
      seeAlso: ["answer", "hint", "policy", "timeline"],
      options: [
        .init("--seed", "N", "the seed of the random jobs (default: any)"),
        .init(
          "--policy",
          "NAME[:KEY=VALUE,...]",
          "the policy (default: the present one)"
        ),
        .init("--jobs", "N", "how many jobs, from 2 to 8 (default: 3)"),
        .init("--questions", "N", "how many questions, from 1 to 12 (default: 5)"),
        .init("--sheet", nil, "print all questions with blanks for the answers"),
        .init("--answers", nil, "print all questions, and the answers"),
      ],
      completion: [
        .words(["asm", "forks", "next", "stop"]), .file,
        .words(LoadSettings.keys.map { $0 + "=" }),
      ]
    )

    static let reference = Reference(
      demonstration: ["quiz --seed 42", "quiz next"]
    )

    typealias Result = EitherResult<JobQuizResult, PlainQuizResult>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual)
      if let index = options.operands.first {
        let word = invocation.arguments[index].text
        if word == "asm" { return .second(try program(options, invocation, shell)) }
        if word == "forks", options.operands.count == 1 {
          return .second(try forks(options, invocation, shell))
        }
        try invocation.allow(atMost: 1, manual)
        switch word {
        case "next": return try next(invocation, shell)
        case "stop":
          if let quiz = shell.quiz.plain {
            shell.quiz.plain = nil
            return .second(PlainQuizResult(quiz: quiz, page: .stopped))
          }
          let progress = try shell.openQuiz(invocation)
          shell.quiz.progress = nil
          return .first(JobQuizResult(sheet: progress.sheet, page: .stopped(progress)))
        default:
          throw manual.refusal(
            of: invocation.arguments[index],
            hint: "`answer X` answers a question; otherwise `quiz next` or `quiz stop`"
          )
        }
      }
      if invocation.arguments.isEmpty, let quiz = shell.quiz.plain {
        return .second(PlainQuizResult(quiz: quiz, page: .question))
      }
      if invocation.arguments.isEmpty, let progress = shell.quiz.progress {
        return .first(JobQuizResult(sheet: progress.sheet, page: .question(progress)))
      }
      let sheet = try sheet(options, invocation, shell)
      if options.has("--sheet") || options.has("--answers") {
        let page = JobQuizResult.Page.handout(withAnswers: options.has("--answers"))
        return .first(JobQuizResult(sheet: sheet, page: page))
      }
      let progress = QuizProgress(sheet)
      shell.quiz.plain = nil
      shell.quiz.progress = progress
      return .first(JobQuizResult(sheet: sheet, page: .question(progress)))
    }

    /// Begins a quiz about forks.
    private static func forks(
      _ options: OptionWords,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> PlainQuizResult {
      try forbidJobs(options, ["--policy", "--jobs"], "quiz forks")
      let questions = try plainQuestions(options)
      let seed = try seed(options) ?? nextSeed(shell)
      return begin(PlainQuiz(forks: seed, questions: questions ?? 6), options, shell)
    }

    /// Begins a quiz about a program in assembly.
    private static func program(
      _ options: OptionWords,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> PlainQuizResult {
      try forbidJobs(options, ["--jobs"], "quiz asm")
      let words = options.operands.dropFirst().map { invocation.arguments[$0] }
      guard let file = words.first else {
        throw CommandFailure(
          "quiz asm needs a file",
          at: invocation.name.range,
          hint: "try `quiz \(Asm.manual.example)`"
        )
      }
      let load = try Asm.load(file, words.dropFirst(), shell)
      let questions = try plainQuestions(options)
      let seed = try seed(options) ?? nextSeed(shell)
      let program: MachineQuiz
      do {
        program = try MachineQuiz(
          load,
          policy: try policy(options, shell),
          seed: seed,
          questions: questions ?? 5
        )
      } catch let failure as CommandFailure {
        throw failure
      } catch {
        throw CommandFailure(String(describing: error), at: file.range)
      }
      guard !program.questions.isEmpty else {
        throw CommandFailure(
          "\(excerpt(of: load.assembly.name)) writes no register and no variable",
          at: file.range,
          hint: "a quiz is about what an instruction leaves in one"
        )
      }
      return begin(PlainQuiz(program, seed: seed), options, shell)
    }

    private static func begin(
      _ quiz: PlainQuiz,
      _ options: OptionWords,
      _ shell: Shell
    ) -> PlainQuizResult {
      if options.has("--sheet") || options.has("--answers") {
        return PlainQuizResult(quiz: quiz, page: .handout(withAnswers: options.has("--answers")))
      }
      shell.quiz.progress = nil
      shell.quiz.plain = quiz
      return PlainQuizResult(quiz: quiz, page: .question)
    }

    private static func plainQuestions(_ options: OptionWords) throws(CommandFailure) -> Int? {
      try options.integer("--questions", "the number of questions", in: QuestionQuiz.counts)
    }

    private static func forbidJobs(
      _ options: OptionWords,
      _ forbidden: [String],
      _ name: String
    ) throws(CommandFailure) {
      for option in forbidden {
        guard let word = options.value(option) else { continue }
        throw CommandFailure(
          "\(name) does not take \(option)",
          at: word.range,
          hint: "there are no jobs in it"
        )
      }
    }

    private static func seed(_ options: OptionWords) throws(CommandFailure) -> UInt64? {
      guard let word = options.value("--seed") else { return nil }
      guard let seed = UInt64(word.text) else {
        throw CommandFailure(
          "the seed must be a whole number, not '\(excerpt(of: word.text))'",
          at: word.range,
          hint: "from 0 to \(UInt64.max)"
        )
      }
      return seed
    }

    private static func next(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> Result {
      if var quiz = shell.quiz.plain {
        let given = quiz.progress.current
        quiz.progress.goOn()
        shell.quiz.plain = quiz.progress.isOpen ? quiz : nil
        return .second(PlainQuizResult(quiz: quiz, page: .givenUp(given)))
      }
      var progress = try shell.openQuiz(invocation)
      let given = progress.current
      progress.goOn()
      shell.quiz.progress = progress.question == nil ? nil : progress
      return .first(JobQuizResult(sheet: progress.sheet, page: .givenUp(given, next: progress)))
    }

    // MARK: Beginning

    private static func sheet(
      _ options: OptionWords,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> QuizSheet {
      let jobs = try options.integer("--jobs", "the number of jobs", in: QuizExercise.jobCounts)
      let questions = try options.integer(
        "--questions",
        "the number of questions",
        in: QuizSheet.questionCounts
      )
      let seed = try seed(options)
      let policy = try policy(options, shell)
      do throws(QuizError) {
        return try QuizSheet(
          seed: seed ?? nextSeed(shell),
          policy: policy,
          jobs: jobs ?? 3,
          questions: questions ?? 5
        )
      } catch {
        throw CommandFailure(
          "a person cannot predict '\(error.policy)' by hand",
          at: options.value("--policy")?.range ?? invocation.name.range,
          hint: "a quiz is about rr, fifo, sjf, stcf, priority without aging, or mlfq: "
            + "`quiz --policy rr`"
        )
      }
    }

    private static func policy(
      _ options: OptionWords,
      _ shell: Shell
    ) throws(CommandFailure) -> PolicyChoice {
      guard let word = options.value("--policy") else { return shell.session.policy }
      do throws(PolicyError) {
        return try PolicyChoice.parse(option: word.text)
      } catch {
        throw CommandFailure(error.message, at: word.range, hint: error.hint)
      }
    }

    /// The seed of a quiz if none was given: any at the keyboard; in a script the next of a fixed sequence,
    /// because a script does the same each time.
    private static func nextSeed(_ shell: Shell) -> UInt64 {
      let number = shell.quiz.takeNumber()
      return shell.settings.isInteractive ? shell.host.anyNumber : shell.scheduler.seed &+ number
    }
  }
}
