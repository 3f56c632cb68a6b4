package import CorosHistory
import CorosLanguage

/// The present state of a breakpoint.
package struct BreakpointInfo: ResultObject {
  package let breakpoint: Breakpoint
  package let note: BreakpointNote

  package static let fields: [ResultField<Self>] = [
    .number("breakpoint", "its number") { $0.breakpoint.number },
    ResultField("kind", .word(["breakpoint", "watchpoint"]), "how it was set") {
      .string($0.note.kind.rawValue)
    },
    .text("what", "when it stops, in words") { $0.note.what },
    .number("hits", "how often it was hit going forward, ignored hits included") {
      $0.breakpoint.hits
    },
    .truth("enabled", "whether it can stop the machine at present") { $0.breakpoint.isEnabled },
    .truth("once", "whether its first stop removes it") { $0.breakpoint.isTemporary },
    .number("ignore", "how many more hits it ignores") { $0.breakpoint.ignoreCount },
    .truth("log", "whether its hits are only shown, and the machine goes on") {
      $0.breakpoint.isLogging
    },
    .textOrNull("do", "the commands that are run at each stop") { $0.note.commands },
  ]
}
