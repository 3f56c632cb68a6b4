import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Asks what a policy does with random jobs, and checks the answers.
  enum Quiz: SimpleCommand {
    static let manual = Manual(
      name: "quiz",
      summary: "predict what a policy does with random jobs",
      usage: "quiz [next | stop]",
      group: .learning,
      details: """
        The quiz draws random jobs and asks what happens to them: which job runs when, and what their \
        response, turnaround and wait times are. Take pencil and paper, and type `answer X`. A question is \
        worth 3 points, one less for each wrong answer and for each `hint`. `quiz next` skips a question and \
        tells the answer, `quiz` repeats the question, and `quiz stop` ends the quiz.

        The policy must be one that can be worked out by hand. The same seed, policy and numbers of jobs and \
        questions give the same quiz everywhere. A sheet is for handing out. The jobs run on a machine of \
        their own; yours does not change.
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
      completion: [.words(["next", "stop"]), .nothing]
    )

    static let reference = Reference(
      demonstration: ["quiz --seed 42", "quiz next"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let options = try OptionWords(invocation, manual)
      if let index = options.operands.first {
        try invocation.allow(atMost: 1, manual)
        switch invocation.arguments[index].text {
        case "next": return try next(invocation, shell)
        case "stop":
          let progress = try shell.openQuiz(invocation)
          shell.quiz.progress = nil
          return Result(sheet: progress.sheet, page: .stopped(progress))
        default:
          throw CommandFailure(
            "quiz does not take '\(excerpt(of: invocation.arguments[index].text))'",
            at: invocation.arguments[index].range,
            hint: "`answer X` answers a question; otherwise `quiz next` or `quiz stop`"
          )
        }
      }
      if invocation.arguments.isEmpty, let progress = shell.quiz.progress {
        return Result(sheet: progress.sheet, page: .question(progress))
      }
      let sheet = try sheet(options, invocation, shell)
      if options.has("--sheet") || options.has("--answers") {
        return Result(sheet: sheet, page: .handout(withAnswers: options.has("--answers")))
      }
      let progress = QuizProgress(sheet)
      shell.quiz.progress = progress
      return Result(sheet: sheet, page: .question(progress))
    }

    private static func next(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> Result {
      var progress = try shell.openQuiz(invocation)
      let given = progress.current
      progress.goOn()
      shell.quiz.progress = progress.question == nil ? nil : progress
      return Result(sheet: progress.sheet, page: .givenUp(given, next: progress))
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
      let seed = try options.value("--seed").map { word throws(CommandFailure) in
        guard let seed = UInt64(word.text) else {
          throw CommandFailure(
            "the seed must be a whole number, not '\(excerpt(of: word.text))'",
            at: word.range,
            hint: "from 0 to \(UInt64.max)"
          )
        }
        return seed
      }
      var policy = shell.session.policy
      if let word = options.value("--policy") {
        do throws(PolicyError) {
          policy = try PolicyChoice.parse(option: word.text)
        } catch {
          throw CommandFailure(error.message, at: word.range, hint: error.hint)
        }
      }
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

    /// The seed of a quiz if none was given: any at the keyboard; in a script the next of a fixed sequence,
    /// because a script does the same each time.
    private static func nextSeed(_ shell: Shell) -> UInt64 {
      let number = shell.quiz.takeNumber()
      return shell.settings.isInteractive ? shell.host.anyNumber : shell.scheduler.seed &+ number
    }

    // MARK: Results

    struct Result: CommandResult, ResultObject {
      let sheet: QuizSheet
      let page: Page

      /// What to show of a quiz.
      enum Page {
        /// All questions, for a handout.
        case handout(withAnswers: Bool)
        /// The open question.
        case question(QuizProgress)
        /// The answer to a skipped question, and the next question.
        case givenUp(Int, next: QuizProgress)
        /// The end of the quiz.
        case stopped(QuizProgress)
      }

      static let fields: [ResultField<Self>] = [
        ResultField("seed", .number, "the seed of the quiz") {
          .unsigned($0.sheet.exercise.seed)
        },
        .text("policy", "the policy, with its settings", \.sheet.exercise.policy),
        .objects("jobs", "the jobs, in their order in the table", \.jobs),
        .objects(
          "questions",
          "the open question, or all with --sheet or --answers; none after `quiz stop`",
          \.questions
        ),
        .number("score", "the points so far", \.score),
        .number("points", "the maximum number of points") {
          $0.sheet.questions.count * QuizProgress.points
        },
        .textOrNull("skipped", "the answer to the question that `quiz next` skipped", \.skipped),
      ]

      private var jobs: [Job] {
        sheet.exercise.jobs.map {
          Job(job: $0, hasPriority: sheet.exercise.rule.usesPriority)
        }
      }

      private var questions: [AskedQuestion] {
        switch page {
        case .handout(let withAnswers):
          sheet.questions.indices.map { AskedQuestion($0, of: sheet, tellsAnswer: withAnswers) }
        case .question(let progress), .givenUp(_, let progress):
          AskedQuestion(openIn: progress).map { [$0] } ?? []
        case .stopped: []
        }
      }

      private var score: Int {
        switch page {
        case .handout: 0
        case .question(let progress), .givenUp(_, let progress), .stopped(let progress):
          progress.score
        }
      }

      private var skipped: String? {
        guard case .givenUp(let index, _) = page else { return nil }
        return sheet.questions[index].answer(sheet.exercise).description
      }

      func text(in look: Look) -> String {
        let words = QuizWords(sheet, look)
        switch page {
        case .handout(let withAnswers):
          return words.introduction + "\n" + words.questions(withAnswers: withAnswers)
        case .question(let progress):
          return words.introduction + "\n" + words.question(progress.current)
            + words.wrapped(
              "`answer X` answers, `hint` helps, `quiz next` goes on, `quiz stop` ends."
            )
        case .givenUp(let index, let next):
          return words.wrapped("The answer to question \(index + 1) is \(skipped ?? "").")
            + words.continuation(of: next)
        case .stopped(let progress):
          return words.wrapped(
            "stopped at question \(progress.current + 1), with "
              + "\(progress.score) of \(progress.mostPoints) points"
          )
        }
      }
    }

    private struct Job: ResultObject {
      let job: QuizJob
      /// Whether the policy uses the priority.
      let hasPriority: Bool

      static let fields: [ResultField<Self>] = [
        .text("name", "its name", \.job.name),
        .number("at", "when it arrives", \.job.arrival),
        .number("len", "the ticks of CPU that it needs", \.job.length),
        .sometimes("priority", .number, "its priority, if the policy uses priorities") {
          $0.hasPriority ? .int($0.job.priority) : nil
        },
      ]
    }
  }
}
