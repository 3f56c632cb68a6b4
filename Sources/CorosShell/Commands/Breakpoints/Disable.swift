import CorosFiles
import CorosHistory
import CorosKernel

extension Commands {
  /// Has breakpoints stop nothing, and keeps them.
  enum Disable: PrintingCommand {
    static let manual = Manual(
      name: "disable",
      summary: "have breakpoints stop nothing, and keep them",
      usage: "disable NUMBER ... | all",
      group: .breakpoints,
      details:
        "A disabled breakpoint costs nothing, counts nothing, and stops nothing in either direction.",
      example: "disable all",
      seeAlso: ["enable", "delete", "breaks"],
      completion: [.breakpoint]
    )

    static let reference = Reference(
      results: [.breakpoints],
      demonstration: ["break deadlock", "disable 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try shell.changeBreakpoints(invocation, manual, "disabled") { $0?.isEnabled = false }
    }
  }
}
