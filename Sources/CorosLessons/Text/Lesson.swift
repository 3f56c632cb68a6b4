package import CorosInsight

/// A lesson: a text, a machine to begin with, and tasks that are checked.
package struct Lesson: Equatable, Sendable {
  /// Its name, which is typed: that of its file, without the ending.
  package let name: String
  package internal(set) var title = ""
  /// What it tells before the first task.
  package internal(set) var text = ""
  /// What is done on a fresh machine before the first command of the learner.
  package internal(set) var given = LessonScript()
  /// The files that its commands may read, by name.
  package internal(set) var files: [String: String] = [:]
  /// Whether its machine has a network in memory; otherwise tasks find no world.
  package internal(set) var hasNetwork = false
  package internal(set) var tasks: [LessonTask] = []

  init(name: String) { self.name = name }

  /// The points for all its tasks.
  package var points: Int { tasks.reduce(0) { $0 + $1.points } }
}

/// Something to be done in a lesson.
package struct LessonTask: Equatable, Sendable {
  package let kind: Kind
  /// The line of the lesson in which it begins.
  package let line: Int
  package internal(set) var question = ""
  /// What is done, besides what the lesson gives, before the task begins.
  package internal(set) var given = LessonScript()
  /// The answers that are right.
  package internal(set) var answers: [String] = []
  /// What the learner chooses from, for tasks of the kind `name`.
  package internal(set) var choices: [String] = []
  /// What is said of answers that are wrong and plausible.
  package internal(set) var mistakes: [Mistake] = []
  package internal(set) var hints: [String] = []
  /// What is said of a right answer.
  package internal(set) var remark = ""
  /// The points of a task that is done without a hint or a wrong answer.
  package internal(set) var points = Self.standardPoints
  /// What must succeed: on the learner's machine, or, with `$answer`, on the lesson's.
  package internal(set) var check = LessonScript()
  /// Where a program that is to be fixed is tried: tasks on fresh machines.
  package internal(set) var scenes: [LessonScript] = []
  package internal(set) var solution = LessonScript()
  package internal(set) var rules = LessonRules()

  init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }

  package static let standardPoints = 3
  /// Each task has as many.
  package static let hintCount = 3

  /// What a learner does.
  package enum Kind: Equatable, Sendable {
    /// Says beforehand what will happen.
    case predict
    /// Brings the machine to a state in which the checks hold.
    case breakIt
    /// Changes the programs of these names, until no schedule fails.
    case fix([String])
    /// Chooses the right word or sentence.
    case name
    /// Draws the tree to which forks and exits lead, or finds actions that lead to a tree.
    case trees(ForkTask)

    /// The word in lessons and results.
    package var word: String {
      switch self {
      case .predict: "predict"
      case .breakIt: "break"
      case .fix: "fix"
      case .name: "name"
      case .trees: "trees"
      }
    }

    /// All words.
    package static let words = ["predict", "break", "fix", "name", "trees"]

    /// Whether the answer is typed; otherwise the machine is the answer.
    package var isAnswered: Bool {
      switch self {
      case .predict, .name, .trees: true
      case .breakIt, .fix: false
      }
    }
  }

  /// A wrong answer, and what is said of it.
  package struct Mistake: Equatable, Sendable {
    package let answer: String
    package let text: String
  }
}

/// A tree of processes to be found, or the way to one.
package struct ForkTask: Equatable, Sendable {
  package let actions: String
  package let reparenting: Reparenting
  /// Whether the tree is shown, and actions are asked for.
  package let isReversed: Bool
}

/// What a learner may not do.
package struct LessonRules: Equatable, Sendable {
  /// The commands that may change the machine, besides `pick` and those that run it.
  package internal(set) var allowed: [String] = []
  /// The words that a program must not contain.
  package internal(set) var banned: [String] = []
  /// The pieces of text that must stay in a program.
  package internal(set) var kept: [String] = []
  /// The most objects of a kind.
  package internal(set) var most: [Most] = []
  /// The states that must stay possible.
  package internal(set) var possible: [Condition] = []
  /// The states that must not be possible.
  package internal(set) var never: [Condition] = []
  /// The switches of the shortest solution.
  package internal(set) var best: Int?

  package struct Most: Equatable, Sendable {
    package let kind: String
    package let count: Int
  }

  /// A condition on the machine, and its line in the lesson.
  package struct Condition: Equatable, Sendable {
    package let text: String
    package let line: Int
  }
}
