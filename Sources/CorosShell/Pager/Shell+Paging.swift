import CorosLanguage
import CorosSession

extension Shell {
  /// Whether what a command prints is shown a screen at a time, where it is longer than the screen.
  private var pages: Bool {
    settings.isInteractive && !settings.isJSON && host.hasScreen
      && preference("pager") != "off"
      && !session.breakpointNotes.isRunningCommands && !session.live.isOn
  }

  /// Runs a command that only looks, and shows what it prints a screen at a time if it is longer than the screen.
  func runPaged(_ command: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    guard pages else { return try command() }
    monitor.flush()
    let outer = console
    outer.output.flush()
    let page = PagedHost(host)
    console = Console(host: page, settings: settings)
    defer { console = outer }
    let result: Result<Void, CommandFailure>
    do throws(CommandFailure) {
      try command()
      result = .success(())
    } catch {
      result = .failure(error)
    }
    monitor.flush()
    console.output.flush()
    console = outer
    show(page.takeText())
    try result.get()
  }

  private func show(_ text: String) {
    let height = host.height
    guard !text.isEmpty else { return }
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    guard lines >= height, !isInterrupted else { return output.write(text) }
    do throws(FullScreenRefusal) {
      try host.runFullScreen(Pager(text, style))
    } catch {
      output.write(text)
    }
  }
}

/// Keeps what a command prints until it is known how much it is.
private final class PagedHost: ShellHost {
  private let outer: any ShellHost
  private var text = ""
  private var isOpen = true

  /// Texts of more bytes are written at once: a person does not read them.
  private static let longest = 4 << 20

  init(_ outer: any ShellHost) { self.outer = outer }

  func write(_ text: String) {
    guard isOpen else { return outer.write(text) }
    self.text += text
    if self.text.utf8.count > Self.longest {
      isOpen = false
      outer.write(self.text)
      self.text = ""
    }
  }

  func takeText() -> String { text }

  func writeError(_ text: String) { outer.writeError(text) }
  var isInterrupted: Bool { outer.isInterrupted }
  func forgetInterrupt() { outer.forgetInterrupt() }
  var width: Int { outer.width }
  var height: Int { outer.height }
  var wraps: Bool { outer.wraps }
  func showProgress(_ text: String?) { outer.showProgress(text) }
  var anyNumber: UInt64 { outer.anyNumber }
}
