import CorosSession
import CorosShell

extension Commands {
  /// Turns disabled breakpoints on again.
  enum Enable: BreakpointChange {
    static let manual = Manual(
      name: "enable",
      summary: "turn disabled breakpoints on again",
      usage: "enable NUMBER ... | all",
      group: .breakpoints,
      details: "A breakpoint keeps its hit count.",
      example: "enable all",
      seeAlso: ["disable", "breaks"],
      completion: [.breakpoint]
    )

    static let reference = Reference(demonstration: ["break deadlock", "enable 1"])

    static let done = "enabled"

    static func change(_ number: Int, in session: Session) {
      session.setBreakpoint(number, isEnabled: true)
    }
  }
}
