import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Asks what will happen, and checks the answers.
  enum Quiz: PrintingCommand {
    static let manual = Manual(
      name: "quiz",
      summary: "foretell what a policy does with random jobs",
      usage: "quiz [next | stop]",
      group: .learning,
      details: """
        Jobs are drawn, and one question after the other is asked about what becomes of them: who runs \
        when, and what response, turnaround and wait come of it. Take pencil and paper, and type `answer X`. \
        A question is worth 3 points, one less for each wrong answer and for each `hint`; `quiz next` \
        gives it up and tells the answer, `quiz` asks it again, and `quiz stop` ends the quiz.

        The policy must be one that can be worked out by hand. The same seed, policy and numbers of jobs \
        and questions give the same quiz everywhere. A sheet is for handing out. The jobs run in a machine \
        of their own; yours is not touched.
        """,
      example: "quiz --seed 7 --policy rr:quantum=2",
      seeAlso: ["answer", "hint", "policy", "timeline"],
      options: [
        .init("--seed", "N", "where chance begins; any if you do not say"),
        .init(
          "--policy",
          "NAME[:KEY=VALUE,...]",
          "under what policy; the present one if you do not say"
        ),
        .init("--jobs", "N", "how many jobs, from 2 to 8; usually 3"),
        .init("--questions", "N", "how many questions, from 1 to 12; usually 5"),
        .init("--sheet", nil, "print all questions, the answers left blank"),
        .init("--answers", nil, "print all questions, and the answers"),
      ],
      completion: [.words(["next", "stop"]), .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("seed", .number, "the seed of the quiz"),
          .init("policy", .text, "the policy, with its settings"),
          .init(
            "jobs",
            .objects([
              .init("name", .text, "its name"),
              .init("at", .number, "when it arrives"),
              .init("len", .number, "the ticks of CPU that it needs"),
              .sometimes("priority", .number, "its priority, where the policy goes by that"),
            ]),
            "the jobs, in their order in the table"
          ),
          .init(
            "questions",
            .objects(QuizWords.questionKeys),
            "the one that is asked now, or all with --sheet or --answers; none after `quiz stop`"
          ),
          .init("score", .number, "the points so far"),
          .init("points", .number, "the most points that there are"),
          .init("skipped", .orNull(.text), "the answer that `quiz next` gives away"),
        ])
      ],
      demonstration: ["quiz --seed 42", "quiz next"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let options = try OptionWords(invocation, manual)
      if let index = options.operands.first {
        try invocation.allow(atMost: 1, manual)
        switch invocation.arguments[index].text {
        case "next": return try next(invocation, shell)
        case "stop": return try stop(invocation, shell)
        default:
          throw CommandFailure(
            "quiz does not take '\(excerpt(of: invocation.arguments[index].text))'",
            at: invocation.arguments[index].range,
            hint: "`answer X` answers a question; otherwise `quiz next` or `quiz stop`"
          )
        }
      }
      if invocation.arguments.isEmpty, let progress = shell.quiz { return ask(progress, shell) }
      let sheet = try sheet(options, invocation, shell)
      if options.has("--sheet") || options.has("--answers") {
        return hand(out: sheet, withAnswers: options.has("--answers"), shell)
      }
      let progress = QuizProgress(sheet)
      shell.quiz = progress
      ask(progress, shell)
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
          seed: seed ?? shell.nextQuizSeed(),
          policy: policy,
          jobs: jobs ?? 3,
          questions: questions ?? 5
        )
      } catch {
        throw CommandFailure(
          "nobody can foretell '\(error.policy)' by hand",
          at: options.value("--policy")?.range ?? invocation.name.range,
          hint: "a quiz is about rr, fifo, sjf, stcf, priority without aging, or mlfq: "
            + "`quiz --policy rr`"
        )
      }
    }

    private static func hand(out sheet: QuizSheet, withAnswers: Bool, _ shell: Shell) {
      let words = QuizWords(sheet, shell)
      shell.report(words.json(asked: 0..<sheet.questions.count, withAnswers: withAnswers)) {
        words.introduction + "\n" + words.questions(withAnswers: withAnswers)
      }
    }

    private static func ask(_ progress: QuizProgress, _ shell: Shell) {
      let words = QuizWords(progress.sheet, shell)
      let current = progress.current
      shell.report(words.json(asked: current..<current + 1, score: progress.score)) {
        words.introduction + "\n" + words.question(current)
          + words.wrapped(
            "`answer X` answers, `hint` helps, `quiz next` goes on, `quiz stop` ends."
          )
      }
    }

    // MARK: Going on

    private static func next(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) {
      var progress = try shell.openQuiz(invocation)
      let words = QuizWords(progress.sheet, shell)
      let given = progress.current
      let answer = progress.sheet.questions[given].answer(progress.sheet.exercise).description
      progress.goOn()
      shell.quiz = progress.question == nil ? nil : progress
      let asked = progress.current..<min(progress.current + 1, progress.sheet.questions.count)
      shell.report(words.json(asked: asked, score: progress.score, skipped: answer)) {
        words.wrapped("The answer to question \(given + 1) is \(answer).")
          + shell.continuation(of: progress)
      }
    }

    private static func stop(
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) {
      let progress = try shell.openQuiz(invocation)
      shell.quiz = nil
      let words = QuizWords(progress.sheet, shell)
      shell.report(words.json(asked: 0..<0, score: progress.score)) {
        words.wrapped(
          "stopped at question \(progress.current + 1), with "
            + "\(progress.score) of \(progress.mostPoints) points"
        )
      }
    }
  }
}

extension Shell {
  /// The quiz that is going on.
  func openQuiz(_ invocation: Invocation) throws(CommandFailure) -> QuizProgress {
    guard let quiz else {
      throw CommandFailure(
        "there is no quiz going on",
        at: invocation.name.range,
        hint: "`quiz` begins one"
      )
    }
    return quiz
  }

  /// The next question, or the end.
  func continuation(of progress: QuizProgress) -> String {
    let words = QuizWords(progress.sheet, self)
    guard progress.question != nil else {
      return words.wrapped(
        "That was the last one: \(progress.score) of \(progress.mostPoints) points. "
          + "`quiz` begins another."
      )
    }
    return words.question(progress.current)
  }

  /// The seed of a quiz for which none was asked: any at the keyboard, and in a script the next of a
  /// row, since a script does the same each time.
  func nextQuizSeed() -> UInt64 {
    quizCount += 1
    return settings.isInteractive ? host.anyNumber : scheduler.seed &+ quizCount
  }
}
