/// A command's page in the manual.
///
/// A class, because every command that runs is asked for its page. The parts that only help and Tab need are made
/// when they are asked for: a start makes the pages of all commands.
package final class Manual: Sendable {
  package let name: String
  /// One line, without a full stop.
  package let summary: String
  package let usage: String
  /// The usage without rarely needed options, for the overview of all commands.
  package var briefUsage: String {
    usage.replacing(" " + Page.usage, with: "").replacing(" " + Glance.usage, with: "")
  }
  package let group: Group
  /// A paragraph or two for `help COMMAND`.
  package var details: String { makeDetails() }
  private let makeDetails: @Sendable () -> String
  /// A line to type as it is.
  package let example: String
  package let seeAlso: [String]
  /// The options that begin with two dashes, in the order of the page.
  package let options: [Option]
  /// The kinds of the arguments, for Tab; the last one applies to all that follow.
  package var completion: [ArgumentKind] { makeCompletion() }
  private let makeCompletion: @Sendable () -> [ArgumentKind]

  /// Makes the page of a command.
  package init(
    name: String,
    summary: String,
    usage: String,
    group: Group,
    details: @autoclosure @escaping @Sendable () -> String,
    example: String,
    seeAlso: [String],
    options: [Option] = [],
    completion: @autoclosure @escaping @Sendable () -> [ArgumentKind] = []
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage
    self.group = group
    makeDetails = details
    self.example = example
    self.seeAlso = seeAlso
    self.options = options
    makeCompletion = completion
  }

  /// An option, which may be anywhere among the arguments.
  package struct Option: Sendable {
    /// The name, with its dashes.
    package let name: String
    /// Its value, in capitals; nil for none.
    package let value: String?
    /// Its effect, in a few words.
    package let summary: String

    package init(_ name: String, _ value: String? = nil, _ summary: String) {
      self.name = name
      self.value = value
      self.summary = summary
    }

    package var usage: String { value.map { "\(name) \($0)" } ?? name }
  }

  /// The headings of `help`, in its order.
  package enum Group: String, CaseIterable, Sendable {
    case tasks = "Tasks"
    case programs = "Typed programs"
    case running = "Running"
    case breakpoints = "Breakpoints"
    case travel = "Going back and forth"
    case looking = "Looking"
    case asking = "Asking the past"
    case exploring = "Exploring"
    case machine = "The machine"
    case learning = "Learning"
    case scripting = "Loops and short names"
    case shell = "The shell"

    /// The word after `help` that lists its commands.
    package var word: String {
      switch self {
      case .tasks: "tasks"
      case .programs: "typing"
      case .running: "running"
      case .breakpoints: "breakpoints"
      case .travel: "travel"
      case .looking: "looking"
      case .asking: "past"
      case .exploring: "exploring"
      case .machine: "settings"
      case .learning: "learning"
      case .scripting: "scripting"
      case .shell: "shell"
      }
    }
  }
}

/// The kind of an argument.
package enum ArgumentKind: Sendable {
  case command
  case program
  /// A program or a procedure that was typed.
  case typed
  case liveTask
  case anyTask
  case file
  /// A file whose name has one of these endings.
  case fileOf([String])
  case bookmark
  /// A lesson, or what else may follow `lesson`.
  case lesson
  case words([String])
  /// A name or a function of an expression.
  case expression
  /// An event that `break` can stop at.
  case stopPoint
  case breakpoint
  /// A setting of the policy that the first argument names.
  case policySetting
  case policy
  /// A setting of the shell that stays.
  case preferenceName
  /// A value of the preference that the first argument names.
  case preference
  case nothing
}
