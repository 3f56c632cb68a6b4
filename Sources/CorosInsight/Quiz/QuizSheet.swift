package import CorosKernel

/// An exercise and questions about it; the seed determines both.
package struct QuizSheet: Sendable {
  package let exercise: QuizExercise
  package let questions: [QuizQuestion]

  /// The possible numbers of questions.
  package static let questionCounts = 1...12

  /// Draws an exercise and its questions, of as many kinds as possible.
  ///
  /// - Parameters:
  ///   - seed: Equal seeds give equal sheets.
  ///   - policy: The policy under which the jobs run.
  ///   - jobs: The number of jobs.
  ///   - count: The number of questions.
  /// - Throws: `QuizError` for a policy whose decisions cannot be predicted.
  package init(
    seed: UInt64,
    policy: PolicyChoice,
    jobs: Int = 3,
    questions count: Int = 5
  ) throws(QuizError) {
    var random = RandomSource(seed: seed)
    exercise = try QuizExercise(seed: seed, policy: policy, jobs: jobs, random: &random)
    var pools = QuizQuestion.pools(exercise)
    pools.shuffle(with: &random)
    for index in pools.indices { pools[index].shuffle(with: &random) }
    var questions: [QuizQuestion] = []
    while questions.count < count, pools.contains(where: { !$0.isEmpty }) {
      for index in pools.indices where questions.count < count {
        if let question = pools[index].popLast() { questions.append(question) }
      }
    }
    self.questions = questions
  }
}
