import CorosHistory
import CorosLanguage

// Going back and forth on a command's behalf.

extension Shell {
  /// The failure of a journey into a past that does not come out as it was.
  static func failure(of divergence: Divergence, at range: SourceRange?) -> CommandFailure {
    CommandFailure(
      divergence.description,
      at: range,
      hint: "a program that depends on something outside the machine cannot be brought back"
    )
  }

  /// Does a command's work, and tells when it has left the recorded future for a branch of its own.
  func tellingBranches(_ work: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    let (machine, branch, count) = (machine, machine.branch, machine.branchCount)
    defer {
      if machine === self.machine, machine.branchCount > count, !settings.isJSON {
        monitor.flush()
        output.writeLine(
          style.paint(
            "branch \(machine.branch) begins here; `branch \(branch)` goes back to the old future",
            .faint
          )
        )
      }
    }
    try work()
  }
}
