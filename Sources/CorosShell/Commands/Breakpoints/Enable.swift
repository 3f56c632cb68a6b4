import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel

extension Commands {
  /// Has breakpoints stop again.
  enum Enable: PrintingCommand {
    static let manual = Manual(
      name: "enable",
      summary: "have disabled breakpoints stop again",
      usage: "enable NUMBER ... | all",
      group: .breakpoints,
      details: "One that is enabled already stays so. What it has counted is kept.",
      example: "enable all",
      seeAlso: ["disable", "breaks"],
      completion: [.breakpoint]
    )

    static let reference = Reference(
      results: [.breakpoints],
      demonstration: ["break deadlock", "enable 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try shell.changeBreakpoints(invocation, manual, "enabled") { $0?.isEnabled = true }
    }
  }
}
