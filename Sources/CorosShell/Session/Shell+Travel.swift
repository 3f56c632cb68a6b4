package import CorosHistory
package import CorosLanguage

// Time travel for commands.

extension Shell {
  /// The failure of a journey whose replay diverged.
  package static func failure(of divergence: Divergence, at range: SourceRange?) -> CommandFailure {
    CommandFailure(
      divergence.description,
      at: range,
      hint: divergence.refusal == nil
        ? "a program that depends on something outside the machine cannot be replayed" : ""
    )
  }

  /// Runs a command's work, and reports if it left the recorded future for a new branch.
  func reportingBranches(_ work: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    let (machine, branch, count) = (machine, machine.branch, machine.branchCount)
    defer {
      if machine === self.machine, machine.branchCount > count, !settings.isJSON,
        !place.isWholeScript
      {
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
