/// A command's page in the manual.
struct Manual: Sendable {
  let name: String
  /// One line without a full stop.
  let summary: String
  let usage: String
  /// The same without the options that few need, for the overview of all commands.
  var briefUsage: String { usage.replacing(" " + Page.usage, with: "") }
  let group: Group
  /// A paragraph or two for those who ask for help on this command.
  let details: String
  /// A line that one can type as it is.
  let example: String
  let seeAlso: [String]
  /// What begins with two dashes, in the order of the page.
  var options: [Option] = []
  /// What each argument may be, for Tab; the last holds for all that follow.
  var completion: [ArgumentKind] = []

  /// An option that stands anywhere among the arguments.
  struct Option: Sendable {
    /// With its dashes.
    let name: String
    /// What follows it, in capitals; nil for nothing.
    let value: String?
    /// What it does, in a few words.
    let summary: String

    init(_ name: String, _ value: String? = nil, _ summary: String) {
      self.name = name
      self.value = value
      self.summary = summary
    }

    var usage: String { value.map { "\(name) \($0)" } ?? name }
  }

  /// The headings of `help`, in its order.
  enum Group: String, CaseIterable, Sendable {
    case tasks = "Tasks"
    case running = "Running"
    case breakpoints = "Breakpoints"
    case travel = "Going back and forth"
    case looking = "Looking"
    case machine = "The machine"
    case learning = "Learning"
    case shell = "The shell"
  }
}

/// What an argument may be.
enum ArgumentKind: Sendable {
  case command
  case program
  case liveTask
  case anyTask
  case file
  case bookmark
  case words([String])
  /// What `break` can stop at.
  case stopPoint
  case breakpoint
  /// A setting of the policy that the first argument names.
  case policySetting
  case nothing
}
