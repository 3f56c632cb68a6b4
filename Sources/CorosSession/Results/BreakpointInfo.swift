package import CorosHistory
import CorosLanguage

/// A breakpoint as it stands.
package struct BreakpointInfo: ResultObject {
  package let breakpoint: Breakpoint
  package let note: BreakpointNote

  package static let fields: [ResultField<Self>] = [
    .number("breakpoint", "its number") { $0.breakpoint.number },
    ResultField("kind", .word(["breakpoint", "watchpoint"]), "how it was set") {
      .string($0.note.kind.rawValue)
    },
    .text("what", "when it stops, in words") { $0.note.what },
    .number("hits", "how often it was hit going forward, also where passed over") {
      $0.breakpoint.hits
    },
    .truth("enabled", "whether it stops anything at present") { $0.breakpoint.isEnabled },
    .truth("once", "whether it is gone after its first stop") { $0.breakpoint.isTemporary },
    .number("ignore", "how many more times it is passed over") { $0.breakpoint.ignoreCount },
    .textOrNull("do", "the commands that are run at each stop") { $0.note.commands },
  ]
}
