package import CorosKernel
import CorosLanguage

/// A question about an exercise, with one right answer.
package enum QuizQuestion: Equatable, Sendable {
  /// Which job has the CPU in a tick.
  case runner(Tick)
  case firstRun(Int)
  case end(Int)
  case response(Int)
  case turnaround(Int)
  case wait(Int)
  case switches
  case idle
  case last

  /// An answer: a number, or a job.
  package enum Answer: Equatable, Sendable, CustomStringConvertible {
    case number(Int)
    /// A job by its index; nil for none.
    case job(Int?, name: String)

    package var description: String {
      switch self {
      case .number(let number): String(number)
      case .job(_, let name): name
      }
    }
  }

  /// All questions about an exercise, by kind.
  package static func pools(_ exercise: QuizExercise) -> [[QuizQuestion]] {
    let jobs = Array(exercise.jobs.indices)
    // If only one job is present, there is nothing to decide.
    let ticks = (0..<exercise.end).filter { exercise.crowd(at: $0) != 1 }
    return [
      ticks.map { .runner($0) }, jobs.map { .firstRun($0) }, jobs.map { .end($0) },
      jobs.map { .response($0) }, jobs.map { .turnaround($0) }, jobs.map { .wait($0) },
      [.switches], [.idle], [.last],
    ]
  }

  /// The question in words.
  package func text(_ exercise: QuizExercise) -> String {
    func name(_ job: Int) -> String { exercise.jobs[job].name }
    return switch self {
    case .runner(let tick): "Who has the CPU in tick \(tick)?"
    case .firstRun(let job): "In which tick does \(name(job)) run for the first time?"
    case .end(let job): "At which tick has \(name(job)) ended?"
    case .response(let job): "What is the response time of \(name(job))?"
    case .turnaround(let job): "What is the turnaround time of \(name(job))?"
    case .wait(let job): "For how many ticks does \(name(job)) wait, ready but not running?"
    case .switches: "How often does the CPU pass from one job to another?"
    case .idle: "In how many ticks does no job have the CPU before the last job has ended?"
    case .last: "Which job is the last to end?"
    }
  }

  /// The right answer.
  package func answer(_ exercise: QuizExercise) -> Answer {
    func figures(_ job: Int) -> TimelineFigures { exercise.rows[job].figures }
    switch self {
    case .runner(let tick): return Self.who(exercise.runner(at: tick), exercise)
    case .firstRun(let job): return .number(figures(job).firstRun ?? 0)
    case .end(let job): return .number(figures(job).end ?? 0)
    case .response(let job): return .number(figures(job).response ?? 0)
    case .turnaround(let job): return .number(figures(job).turnaround ?? 0)
    case .wait(let job): return .number(figures(job).wait)
    case .switches: return .number(exercise.switches)
    case .idle: return .number(exercise.end - exercise.jobs.reduce(0) { $0 + $1.length })
    case .last: return Self.who(exercise.runner(at: exercise.end - 1), exercise)
    }
  }

  private static func who(_ job: Int?, _ exercise: QuizExercise) -> Answer {
    .job(job, name: job.map { exercise.jobs[$0].name } ?? "none")
  }

  /// Reads typed text as an answer to this question; nil if it cannot be one.
  package func parse(_ text: String, _ exercise: QuizExercise) -> Answer? {
    switch self {
    case .runner, .last:
      let word = text.lowercased()
      if ["none", "nobody", "idle"].contains(word) { return Self.who(nil, exercise) }
      return exercise.jobs.firstIndex { $0.name == word }.map { Self.who($0, exercise) }
    default:
      guard let number = Int(text), number >= 0 else { return nil }
      return .number(number)
    }
  }

  /// The form of an answer.
  package func form(_ exercise: QuizExercise) -> String {
    switch self {
    case .runner, .last:
      "the name of a job (\(exercise.jobs.map(\.name).joined(separator: ", "))), or none"
    default: "a whole number"
    }
  }

  /// The first hint: where to look.
  package func nudge(_ exercise: QuizExercise) -> String {
    func name(_ job: Int) -> String { exercise.jobs[job].name }
    func arrival(_ job: Int) -> Tick { exercise.jobs[job].arrival }
    return switch self {
    case .runner(let tick):
      "Go tick by tick from 0 to \(tick), and note which jobs are there and how much each has left."
    case .firstRun(let job):
      "\(name(job)) arrives at tick \(arrival(job)). Which jobs are there by then, and which goes first?"
    case .end(let job):
      "A job of \(counted(exercise.jobs[job].length, "tick")) ends after its last one: if that is tick 6, "
        + "it has ended at 7."
    case .response(let job):
      "It goes from the arrival to the first tick on the CPU: find that tick, and take away \(arrival(job))."
    case .turnaround(let job):
      "It goes from the arrival to the end: find the tick at which \(name(job)) has ended, "
        + "and take away \(arrival(job))."
    case .wait(let job):
      "It is what is left of the turnaround when the \(exercise.jobs[job].length) ticks of running are "
        + "taken away."
    case .switches:
      "Write down which job has the CPU, tick by tick, and count the places where the name changes. "
        + "The first job's first tick is none, and idle ticks between two names count for nothing."
    case .idle: "Is there a tick at which all that have arrived have ended, and others are to come?"
    case .last: "All ticks of all jobs must have passed by then: which job still has some left?"
    }
  }
}
