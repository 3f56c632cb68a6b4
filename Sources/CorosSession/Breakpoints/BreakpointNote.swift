package import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

/// What the session keeps about a breakpoint, besides the machine's part.
package struct BreakpointNote {
  package enum Kind: String {
    case breakpoint
    case watchpoint
  }

  package let kind: Kind
  /// The condition as a sentence: `task 3 runs`.
  package let what: String
  /// The expression of a condition or a watched value, as typed.
  package let label: String
  /// The commands to run when the breakpoint is hit.
  package let commands: String?

  package init(
    kind: Kind,
    what: String,
    label: String,
    commands: String? = nil
  ) {
    self.kind = kind
    self.what = what
    self.label = label
    self.commands = commands
  }
}

/// The notes about all breakpoints of a session, and the commands that are due.
///
/// They belong to the session, not to the machine's past: travelling in time and replacing the machine leave
/// them as they are. No journal contains them.
package struct BreakpointNotes {
  private var notes: [Int: BreakpointNote] = [:]
  /// The commands to run next; the breakpoint that was hit first comes first.
  private var due: [(breakpoint: Int, commands: String)] = []
  /// Whether commands of breakpoints are running.
  package var isRunningCommands = false

  /// The note of a breakpoint, even of a temporary one that has just been hit.
  package subscript(number: Int) -> BreakpointNote? {
    get { notes[number] }
    set { notes[number] = newValue }
  }

  /// Schedules the commands of a stop, and forgets breakpoints that no longer exist.
  package mutating func note(_ stop: BreakpointStop, _ breakpoints: Breakpoints) {
    for hit in stop.hits {
      if let commands = notes[hit.breakpoint]?.commands { due.append((hit.breakpoint, commands)) }
      if breakpoints[hit.breakpoint] == nil { notes[hit.breakpoint] = nil }
    }
  }

  /// Whether commands are to run.
  package var hasCommands: Bool { !due.isEmpty }

  /// Takes the next commands to run.
  package mutating func takeCommands() -> (breakpoint: Int, commands: String)? {
    due.isEmpty ? nil : due.removeFirst()
  }

  /// Drops all scheduled commands.
  package mutating func dropCommands() { due = [] }
}
