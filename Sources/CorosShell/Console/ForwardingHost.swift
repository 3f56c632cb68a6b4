/// A host that passes on to another one what it does not do itself.
///
/// There is no screen: those who write to such a host are not read by a person as they write.
class ForwardingHost: ShellHost {
  let outer: any ShellHost

  init(_ outer: any ShellHost) { self.outer = outer }

  package func write(_ text: String) { outer.write(text) }
  package func writeError(_ text: String) { outer.writeError(text) }
  package var isInterrupted: Bool { outer.isInterrupted }
  func forgetInterrupt() { outer.forgetInterrupt() }
  package var width: Int { outer.width }
  package var height: Int { outer.height }
  var wraps: Bool { false }
  func showProgress(_ text: String?) { outer.showProgress(text) }
  package var anyNumber: UInt64 { outer.anyNumber }
  package var nanoseconds: UInt64 { outer.nanoseconds }

  func runCopies(
    ofSession journal: String,
    commands: [(String) -> String],
    while goesOn: ([Int?]) -> Bool
  ) throws(CopiesRefusal) -> CopiesOutcome {
    try outer.runCopies(ofSession: journal, commands: commands, while: goesOn)
  }
}

/// Keeps what a command prints; diagnostics go where they always go.
final class CapturingHost: ForwardingHost {
  package private(set) var text = ""

  package override func write(_ text: String) { self.text += text }
}
