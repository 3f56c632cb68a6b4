package import CorosLanguage

/// Where results, output and errors go, and how they look there.
///
/// A shell has one console: the two standard streams of its host. While commands of breakpoints run in the
/// stepper, it installs another one, and shows their answers on a page.
package final class Console {
  package let host: any ShellHost
  // Not exclusivity-checked: see `Shell`.
  @exclusivity(unchecked) package var settings: Settings
  @exclusivity(unchecked) package var output: OutputBuffer
  /// How much task output a person may still be shown.
  @exclusivity(unchecked) var allowance = OutputAllowance()

  init(host: any ShellHost, settings: Settings) {
    self.host = host
    self.settings = settings
    output = OutputBuffer(host: host)
    output.isUnbuffered = settings.isInteractive
  }

  /// The colours of results.
  package var style: Style {
    Style(isEnabled: settings.isColored && !settings.isJSON, theme: settings.theme)
  }

  /// How diagnostics are coloured.
  var errorStyle: Style {
    Style(isEnabled: settings.areErrorsColored && !settings.isJSON, theme: settings.theme)
  }

  /// The appearance of text.
  package var look: Look {
    Look(style: style, width: host.width, height: host.height, isUnicode: settings.isUnicode)
  }

  /// A text as it is shown: where a person reads it, no line is wider than the screen.
  package func wrapped(_ text: String, _ style: Style) -> String {
    host.wraps ? PaintedText.wrapped(text, width: host.width, style) : text
  }

  /// Prints a result, as text or as JSON.
  package func report(_ json: @autoclosure () -> JSON, text: () -> String) {
    if settings.isJSON {
      output.writeLine(json())
    } else {
      output.writeLines(wrapped(text(), style))
    }
  }
}
