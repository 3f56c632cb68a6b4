import CorosInsight
import CorosKernel
import CorosSession

/// All that the stepper shows, at one moment: a value, from which `StepperView` draws.
///
/// Lists hold what may fit on the screen, not all there is.
struct StepperState: Equatable, Sendable {
  var tick: Tick = 0
  var policy = ""
  /// Who runs next, in words.
  var next = ""
  var liveCount = 0
  var readyCount = 0
  /// How many steps of recorded future lie ahead.
  var ahead = 0
  var branch = 1
  /// Whether it runs by itself.
  var isRunning = false
  var speed = StepperSpeed.standard
  /// The task that alone is told of.
  var followed: String?
  /// The tasks around the selected one.
  var items: [Item] = []
  /// How many tasks stand below those.
  var tasksBelow = 0
  /// What happened, newest last.
  var events: [StyledLine] = []
  /// What tasks wrote, newest last.
  var output: [StyledLine] = []
  var timeline: [TimelineRow] = []
  /// The last ticks, up to the present.
  var range: Range<Tick> = 0..<0
  /// What came of the last key.
  var message: StyledLine?
  /// What is being asked, with what has been typed.
  var question: String?
  /// What is shown instead of events and output.
  var overlay: Overlay?
  var isUnicode = true

  /// A line of the list of tasks.
  enum Item: Equatable, Sendable {
    case heading(String, count: Int)
    case task(Row)
  }

  /// A task in the list.
  struct Row: Equatable, Sendable {
    var tid: TaskID
    var name: String
    /// What it is doing, in the words of `ps`.
    var state: String
    /// What the heading above it does not say.
    var detail: String
    var role: Style.Role
    var isNext = false
    var isSelected = false
    var isFollowed = false
    var hasBreakpoint = false
  }

  /// A text to be read, beginning at one of its lines.
  struct Overlay: Equatable, Sendable {
    var title: String
    var lines: [StyledLine]
    var scroll = 0
  }
}

/// How fast the stepper runs by itself.
enum StepperSpeed: Equatable, Sendable {
  case ticksPerSecond(Int)
  /// As fast as the machine goes.
  case unbounded

  static let standard = ticksPerSecond(10)

  static let all: [StepperSpeed] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map { .ticksPerSecond($0) } + [.unbounded]

  /// The speed so many places further; the first or the last at the ends.
  func changed(by places: Int) -> StepperSpeed {
    let index = (Self.all.firstIndex(of: self) ?? 0) + places
    return Self.all[min(max(0, index), Self.all.count - 1)]
  }

  var words: String {
    switch self {
    case .ticksPerSecond(let rate): "\(rate)/s"
    case .unbounded: "full speed"
    }
  }
}
