import CorosTestSupport

// The prompt of the program, for tests that type at it.

extension PseudoTerminal {
  /// Starts the program, and waits for its first prompt.
  static func atPrompt(
    _ arguments: [String] = [],
    home: String,
    environment: [String: String] = [:],
    columns: UInt16 = 80
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      corosProgram,
      arguments: arguments,
      // Without colour, because colour sequences would split the awaited text.
      environment: ["HOME": home, "NO_COLOR": "1"].merging(environment) { $1 },
      columns: columns
    )
    try terminal.waitForPrompt()
    return terminal
  }

  /// Whether the terminal has the settings from before the program edited lines on it.
  var isAsFound: Bool { isEchoing && isReadingLines }

  /// Whether the terminal is as it was found, and neither the alternate screen nor marks of pastes are left on.
  var isGivenBack: Bool {
    guard isAsFound else { return false }
    return [("\u{1B}[?1049h", "\u{1B}[?1049l"), ("\u{1B}[?2004h", "\u{1B}[?2004l")].allSatisfy {
      on,
      off in
      let pieces = transcript.split(separator: on, omittingEmptySubsequences: false)
      return pieces.count == 1 || pieces.last?.contains(off) == true
    }
  }

  /// Waits until the prompt is drawn and keys go to the line.
  func waitForPrompt() throws {
    // Between the two are the tick, the branch and so on.
    try expect("coros")
    try expect(">")
    try wait(for: "single keys") { !$0.isReadingLines }
  }

  /// Types a line and waits for a text in its output.
  func enter(_ line: String, expecting text: String) throws {
    send(line + "\r")
    try expectAnswer(text)
  }

  /// Waits until the line has been entered, and then for a text in its output.
  func expectAnswer(_ text: String) throws {
    // While a line is edited, pastes are marked; this sequence ends that.
    if !isDumb { try expect("\u{1B}[?2004l") }
    try expect(text)
  }

  private var isDumb: Bool { !transcript.contains("\u{1B}") }
}
