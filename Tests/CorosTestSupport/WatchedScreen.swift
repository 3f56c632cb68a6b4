/// A program on a pseudo terminal, and what its screen shows.
package final class WatchedScreen {
  package let terminal: PseudoTerminal
  private var reader: ScreenReader
  /// The number of bytes of the transcript that the screen has processed.
  private var shown = 0

  /// Starts a program, as `PseudoTerminal` does.
  package init(
    _ executable: String,
    arguments: [String] = [],
    environment: [String: String] = [:],
    columns: Int = 80,
    rows: Int = 24
  ) throws {
    terminal = try PseudoTerminal(
      executable,
      arguments: arguments,
      environment: environment,
      columns: UInt16(columns),
      rows: UInt16(rows)
    )
    reader = ScreenReader(columns: columns, rows: rows)
  }

  /// The current screen.
  package var screen: ScreenReader {
    let bytes = terminal.transcript.utf8
    if bytes.count > shown {
      reader.show(terminal.transcript[bytes.index(bytes.startIndex, offsetBy: shown)...])
      shown = bytes.count
    }
    return reader
  }

  /// Types keys.
  package func send(_ keys: String) { terminal.send(keys) }

  /// Waits until a condition on the screen holds.
  package func wait(for what: String, until condition: (ScreenReader) -> Bool) throws {
    do {
      try terminal.wait(for: what) { _ in condition(self.screen) }
    } catch {
      throw PseudoTerminal.Timeout(awaited: what, seen: "\n" + screen.text)
    }
  }

  /// Waits until a text appears on the screen.
  package func wait(forText text: String) throws {
    try wait(for: text) { $0.text.contains(text) }
  }

  /// Changes the size of the terminal.
  package func resize(columns: Int, rows: Int) {
    _ = screen
    reader.resize(columns: columns, rows: rows)
    terminal.resize(columns: UInt16(columns), rows: UInt16(rows))
  }
}
