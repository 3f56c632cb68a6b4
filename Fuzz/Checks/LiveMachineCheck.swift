import CorosCommands
package import CorosKernel
import CorosSession
import CorosShell

/// Invariants of a live machine, for any input.
package enum LiveMachineCheck {
  /// Runs a script line by line, as text and as JSON; traps if an invariant is violated.
  package static func run(_ script: String, catalogue: Catalogue) {
    for isJSON in [false, true] {
      let host = BoundedHost()
      var settings = Settings()
      settings.isJSON = isJSON
      settings.keepsGoing = true
      settings.start.taskLimit = 50
      // A fuzzer would find a terminal or an endless device, and leave files behind.
      settings.isSandboxed = true
      let shell = Shell(catalogue: catalogue, settings: settings, host: host)
      // The host counts how often it is asked.
      shell.session.movesBetweenPolls = 1
      for line in script.split(separator: "\n").prefix(20) {
        host.refill()
        shell.execute(String(line))
        let faults = shell.brokenInvariants()
        precondition(faults.isEmpty, "\(faults)")
        if shell.exitStatus != nil { break }
      }
    }
  }

  /// A host that discards all output, and interrupts commands that take too many steps.
  private final class BoundedHost: ShellHost {
    private var stepsLeft = 0

    func refill() { stepsLeft = 2_000 }

    var isInterrupted: Bool {
      stepsLeft -= 1
      return stepsLeft < 0
    }

    let width = 80
    func write(_ text: String) {}
    func writeError(_ text: String) {}
  }
}
