import CorosSession
import CorosShell

extension Commands {
  /// Makes breakpoints stop nothing, but keeps them.
  enum Disable: BreakpointChange {
    static let manual = Manual(
      name: "disable",
      summary: "turn breakpoints off, and keep them",
      usage: "disable NUMBER ... | all",
      group: .breakpoints,
      details:
        "A disabled breakpoint costs nothing, counts nothing, and stops nothing in either direction.",
      example: "disable all",
      seeAlso: ["enable", "delete", "breaks"],
      completion: [.breakpoint]
    )

    static let reference = Reference(demonstration: ["break deadlock", "disable 1"])

    static let done = "disabled"

    static func change(_ number: Int, in session: Session) {
      session.setBreakpoint(number, isEnabled: false)
    }
  }
}
