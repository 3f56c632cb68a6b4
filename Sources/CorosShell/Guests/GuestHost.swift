import CorosLanguage

/// The host of a line from another terminal: both streams are kept, in order.
final class GuestHost: ForwardingHost {
  private let columns: Int
  /// What was written, and whether to standard error.
  package private(set) var texts: [(text: String, isError: Bool)] = []
  /// Whether the other terminal has a screen on which a stepper can be drawn.
  let canOpenStepper: Bool
  /// Whether it is to open one: what is written after that is about a screen that is not there yet.
  var opensStepper = false

  init(of outer: any ShellHost, width: Int, canOpenStepper: Bool = false) {
    columns = width
    self.canOpenStepper = canOpenStepper
    super.init(outer)
  }

  package override func write(_ text: String) { append(text, isError: false) }
  package override func writeError(_ text: String) { append(text, isError: true) }

  private func append(_ text: String, isError: Bool) {
    if opensStepper { return }
    if texts.last?.isError == isError {
      texts[texts.count - 1].text += text
    } else {
      texts.append((text, isError))
    }
  }

  // It would be shown at the machine itself.
  override func showProgress(_ text: String?) {}
  package override var width: Int { columns }
  override var wraps: Bool { true }
}
