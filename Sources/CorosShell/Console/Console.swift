import CorosLanguage

/// Where results, output and errors go, and how they look there.
///
/// A shell has one: the two standard streams of its host. The stepper puts another in its place while
/// commands of breakpoints run, and shows on a page what they answer.
final class Console {
  let host: any ShellHost
  var settings: Settings
  var output: OutputBuffer
  /// How much of what tasks write a person is still shown.
  var allowance = OutputAllowance()

  init(host: any ShellHost, settings: Settings) {
    self.host = host
    self.settings = settings
    output = OutputBuffer(host: host)
    output.isUnbuffered = settings.isInteractive
  }

  /// How results are coloured.
  var style: Style { Style(isEnabled: settings.isColored && !settings.isJSON) }

  /// How diagnostics are coloured.
  var errorStyle: Style { Style(isEnabled: settings.areErrorsColored && !settings.isJSON) }

  /// How text is to look.
  var look: Look {
    Look(style: style, width: host.width, height: host.height, isUnicode: settings.isUnicode)
  }

  /// Shows a result in the form that was asked for.
  func report(_ json: @autoclosure () -> JSON, text: () -> String) {
    if settings.isJSON {
      output.writeLine(json())
    } else {
      output.writeLines(text())
    }
  }
}
