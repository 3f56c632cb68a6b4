/// A page of the stepper as the host of commands: plain text, both streams in order.
final class StepperPage: ShellHost {
  private let host: any ShellHost
  private(set) var text = ""

  init(of host: any ShellHost) { self.host = host }

  /// Makes a console that writes to the page.
  func console(like settings: Settings) -> Console {
    var settings = settings
    settings.isJSON = false
    settings.isColored = false
    settings.areErrorsColored = false
    settings.echoes = false
    return Console(host: self, settings: settings)
  }

  func write(_ text: String) { self.text += text }
  func writeError(_ text: String) { self.text += text }
  var isInterrupted: Bool { host.isInterrupted }
  func forgetInterrupt() { host.forgetInterrupt() }
  var width: Int { host.width }
  var height: Int { host.height }
  var anyNumber: UInt64 { host.anyNumber }
}
