import CorosFiles
import CorosHistory
import CorosKernel
import CorosSession

extension Commands {
  /// Deletes breakpoints.
  enum Delete: PrintingCommand {
    static let manual = Manual(
      name: "delete",
      summary: "delete breakpoints",
      usage: "delete NUMBER ... | all",
      group: .breakpoints,
      details: "Their numbers are not used again. `kill` is for tasks.",
      example: "delete all",
      seeAlso: ["breaks", "disable", "break"],
      completion: [.breakpoint]
    )

    static let reference = Reference(
      results: [.breakpoints],
      demonstration: ["break deadlock", "delete 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try shell.changeBreakpoints(invocation, manual, "deleted") { breakpoint in
        if let number = breakpoint?.number { shell.session.breakpointNotes[number] = nil }
        breakpoint = nil
      }
    }
  }
}
