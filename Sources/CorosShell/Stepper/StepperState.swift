import CorosInsight
import CorosKernel
import CorosSession

/// Everything that the stepper shows at one moment: a value, which `StepperView` draws.
///
/// Its lists contain what may fit on the screen, not everything.
struct StepperState: Equatable, Sendable {
  var tick: Tick = 0
  var policy = ""
  /// The next task, in words.
  var next = ""
  var liveCount = 0
  var readyCount = 0
  /// The number of steps of recorded future ahead.
  var ahead = 0
  var branch = 1
  /// Whether it runs by itself.
  var isRunning = false
  var speed = StepperSpeed.standard
  /// The only task whose events are shown; nil for all.
  var followed: String?
  /// The tasks around the selected one.
  var items: [Item] = []
  /// The number of tasks below those.
  var tasksBelow = 0
  /// The events, newest last.
  var events: [StyledLine] = []
  /// The output of tasks, newest last.
  var output: [StyledLine] = []
  /// What the selected task runs, or else the next one, if that is a text.
  var source: Source?
  var timeline: [TimelineRow] = []
  /// The last ticks, up to the present.
  var range: Range<Tick> = 0..<0
  var ticksPerColumn = 1
  /// The result of the last key.
  var message: StyledLine?
  /// The open question, with the text typed so far.
  var question: String?
  /// The page shown instead of events and output.
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
    /// The state of the task, in the words of `ps`.
    var state: String
    /// Details that the heading above it does not give.
    var detail: String
    var role: Style.Role
    var isNext = false
    var isSelected = false
    var isFollowed = false
    var hasBreakpoint = false
  }

  /// A page to read, beginning at one of its lines.
  struct Overlay: Equatable, Sendable {
    var title: String
    var lines: [StyledLine]
    var scroll = 0
  }

  /// A text that a task runs, around the line at which it stands.
  struct Source: Equatable, Sendable {
    var tid: TaskID
    var name: String
    /// The local variables, or the registers: `x = 1`.
    var variables: [String]
    var lines: [Line]
    /// How many lines the text has.
    var count: Int

    /// A line of the text.
    struct Line: Equatable, Sendable {
      var number: Int
      var text: String
      var isCurrent: Bool
      /// The other tasks that stand there.
      var others: [TaskID]
    }
  }
}
