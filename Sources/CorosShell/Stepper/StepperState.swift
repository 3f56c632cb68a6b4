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
