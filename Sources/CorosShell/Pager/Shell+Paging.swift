import CorosLanguage
import CorosSession

extension Shell {
  /// Whether what a command prints is shown a screen at a time, where it is longer than the screen.
  var pages: Bool {
    // That of the console: what is typed in the stepper is shown there, and its screen must stay the only one.
    settings.isInteractive && !settings.isJSON && console.host.hasScreen
      && preference("pager") != "off"
      && !session.breakpointNotes.isRunningCommands && !session.live.isOn
  }

  /// Runs a command that only looks, and shows what it prints a screen at a time if it is longer than the screen.
  func runPaged(_ command: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    let page = PagedHost(host)
    let result = exchangingConsole(for: page, settings, command)
    show(page.text)
    try result.get()
  }

  private func show(_ text: String) {
    let height = host.height
    guard !text.isEmpty else { return }
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    guard lines >= height, !isInterrupted else { return output.write(text) }
    if preference("pager") == "program", !settings.isSandboxed {
      // As git does: less keeps colours, and leaves at once what fits the screen.
      let command = "export LESS=\"${LESS-FRX}\"; eval \"${PAGER:-less}\""
      if (try? host.pipe(text, to: command)) != nil { return }
    }
    do throws(FullScreenRefusal) {
      try host.runFullScreen(Pager(text, style))
    } catch {
      output.write(text)
    }
  }
}

/// Keeps what a command prints until it is known how much it is.
private final class PagedHost: ForwardingHost {
  private(set) var text = ""
  private var isOpen = true

  /// Texts of more bytes are written at once: a person does not read them.
  private static let longest = 4 << 20

  override var wraps: Bool { outer.wraps }

  override func write(_ text: String) {
    guard isOpen else { return outer.write(text) }
    self.text += text
    if self.text.utf8.count > Self.longest {
      isOpen = false
      outer.write(self.text)
      self.text = ""
    }
  }
}
