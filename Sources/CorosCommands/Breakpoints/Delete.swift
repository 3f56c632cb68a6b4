import CorosSession
import CorosShell

extension Commands {
  /// Deletes breakpoints.
  enum Delete: BreakpointChange {
    static let manual = Manual(
      name: "delete",
      summary: "delete breakpoints",
      usage: "delete NUMBER ... | all",
      group: .breakpoints,
      details: "Their numbers are not used again. To end a task, use `kill`.",
      example: "delete all",
      seeAlso: ["breaks", "disable", "break"],
      completion: [.breakpoint]
    )

    static let reference = Reference(demonstration: ["break deadlock", "delete 1"])

    static let done = "deleted"

    static func change(_ number: Int, in session: Session) {
      session.removeBreakpoint(number)
    }
  }
}
