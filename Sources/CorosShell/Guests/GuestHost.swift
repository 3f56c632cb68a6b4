import CorosLanguage

/// The host of a line from another terminal: both streams are kept, in order.
final class GuestHost: ShellHost {
  private let outer: any ShellHost
  let width: Int
  /// What was written, and whether to standard error.
  private(set) var texts: [(text: String, isError: Bool)] = []

  init(of outer: any ShellHost, width: Int) {
    self.outer = outer
    self.width = width
  }

  func write(_ text: String) { append(text, isError: false) }
  func writeError(_ text: String) { append(text, isError: true) }

  private func append(_ text: String, isError: Bool) {
    if texts.last?.isError == isError {
      texts[texts.count - 1].text += text
    } else {
      texts.append((text, isError))
    }
  }

  var isInterrupted: Bool { outer.isInterrupted }
  func forgetInterrupt() { outer.forgetInterrupt() }
  var wraps: Bool { true }
  var anyNumber: UInt64 { outer.anyNumber }
  var nanoseconds: UInt64 { outer.nanoseconds }
}
