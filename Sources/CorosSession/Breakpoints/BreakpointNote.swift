package import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

/// What the shell knows of a breakpoint, beside what the machine does.
package struct BreakpointNote {
  package enum Kind: String {
    case breakpoint
    case watchpoint
  }

  package let kind: Kind
  /// When it stops, as a sentence: `task 3 runs`.
  package let what: String
  /// What is asked, of a condition or a value, as it was typed.
  package let label: String
  /// The commands that are run when it is hit.
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

/// The breakpoints of a session, and what is to be done at them.
///
/// They are the shell's, not the machine's past: they stay as they are wherever one goes in time, and when
/// there is a new machine. No journal has them.
package struct BreakpointNotes {
  private var notes: [Int: BreakpointNote] = [:]
  /// The commands that are to be run, those of the breakpoint that was hit first before others.
  private var due: [(breakpoint: Int, commands: String)] = []
  /// Whether commands of breakpoints are being run.
  package var isRunningCommands = false

  /// What is known of one, also of a temporary one that has just been hit.
  package subscript(number: Int) -> BreakpointNote? {
    get { notes[number] }
    set { notes[number] = newValue }
  }

  /// Notes that commands are to be run, and forgets breakpoints that are gone.
  package mutating func note(_ stop: BreakpointStop, _ breakpoints: Breakpoints) {
    for hit in stop.hits {
      if let commands = notes[hit.breakpoint]?.commands { due.append((hit.breakpoint, commands)) }
      if breakpoints[hit.breakpoint] == nil { notes[hit.breakpoint] = nil }
    }
  }

  /// Takes the next commands that are to be run.
  package mutating func takeCommands() -> (breakpoint: Int, commands: String)? {
    due.isEmpty ? nil : due.removeFirst()
  }

  /// Gives up what was to be run.
  package mutating func dropCommands() { due = [] }
}
