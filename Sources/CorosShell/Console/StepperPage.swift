/// A page of the stepper as the host of commands: plain text, both streams in order.
final class StepperPage: ForwardingHost {
  package private(set) var text = ""

  package override func write(_ text: String) { self.text += text }
  package override func writeError(_ text: String) { self.text += text }
  override func showProgress(_ text: String?) {}

  /// The settings of commands that write to a page.
  package static func settings(like settings: Settings) -> Settings {
    var settings = settings
    settings.isJSON = false
    settings.isColored = false
    settings.areErrorsColored = false
    settings.echoes = false
    return settings
  }
}
