package import CorosInsight
package import CorosKernel
import CorosSession

/// Everything that the stepper shows at one moment: a value, which `StepperView` draws.
///
/// Its lists contain what may fit on the screen, not everything.
package struct StepperState: Equatable, Sendable {
  package var tick: Tick = 0
  package var policy = ""
  /// The next task, in words.
  package var next = ""
  package var liveCount = 0
  var readyCount = 0
  /// The number of steps of recorded future ahead.
  package var ahead = 0
  package var branch = 1
  /// Who drives, in two or three words; nil where nobody else could.
  package var wheel: String?
  /// Whether it runs by itself.
  var isRunning = false
  package var speed = StepperSpeed.standard
  /// The only task whose events are shown; nil for all.
  package var followed: String?
  /// The tasks around the selected one.
  var items: [Item] = []
  /// The number of tasks below those.
  var tasksBelow = 0
  /// The events, newest last.
  package var events: [StyledLine] = []
  /// The output of tasks, newest last.
  package var output: [StyledLine] = []
  /// What the selected task runs, or else the next one, if that is a text.
  package var source: Source?
  package var timeline: [TimelineRow] = []
  /// The last ticks, up to the present.
  package var range: Range<Tick> = 0..<0
  package var ticksPerColumn = 1
  /// The result of the last key.
  package var message: StyledLine?
  /// The open question, with the text typed so far.
  package var question: String?
  /// The page shown instead of events and output.
  var overlay: Overlay?
  package var isUnicode = true

  /// A line of the list of tasks.
  package enum Item: Equatable, Sendable {
    case heading(String, count: Int)
    case task(Row)
  }

  /// A task in the list.
  package struct Row: Equatable, Sendable {
    package var tid: TaskID
    package var name: String
    /// The state of the task, in the words of `ps`.
    package var state: String
    /// Details that the heading above it does not give.
    package var detail: String
    package var role: Style.Role
    var isNext = false
    var isSelected = false
    var isFollowed = false
    var hasBreakpoint = false
  }

  /// A page to read, beginning at one of its lines.
  struct Overlay: Equatable, Sendable {
    package var title: String
    package var lines: [StyledLine]
    var scroll = 0
  }

  /// A text that a task runs, around the line at which it stands.
  package struct Source: Equatable, Sendable {
    package var tid: TaskID
    package var name: String
    /// The local variables, or the registers: `x = 1`.
    package var variables: [String]
    package var lines: [Line]
    /// How many lines the text has.
    package var count: Int

    /// A line of the text.
    package struct Line: Equatable, Sendable {
      package var number: Int
      package var text: String
      package var isCurrent: Bool
      /// The other tasks that stand there.
      package var others: [TaskID]
    }
  }
}
