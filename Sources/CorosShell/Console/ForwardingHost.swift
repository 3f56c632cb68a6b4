/// A host that passes on to another one what it does not do itself.
///
/// There is no screen: those who write to such a host are not read by a person as they write.
class ForwardingHost: ShellHost {
  let outer: any ShellHost

  init(_ outer: any ShellHost) { self.outer = outer }

  func write(_ text: String) { outer.write(text) }
  func writeError(_ text: String) { outer.writeError(text) }
  var isInterrupted: Bool { outer.isInterrupted }
  func forgetInterrupt() { outer.forgetInterrupt() }
  var width: Int { outer.width }
  var height: Int { outer.height }
  var wraps: Bool { false }
  func showProgress(_ text: String?) { outer.showProgress(text) }
  var anyNumber: UInt64 { outer.anyNumber }
  var nanoseconds: UInt64 { outer.nanoseconds }

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
  private(set) var text = ""

  override func write(_ text: String) { self.text += text }
}
