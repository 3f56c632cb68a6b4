import Testing

@testable import CorosTerminal

private func info(
  input: Bool = true,
  output: Bool = true,
  color: TerminalInfo.ColorChoice = .auto,
  _ variables: [String: String] = ["TERM": "xterm"]
) -> TerminalInfo {
  TerminalInfo(
    isInputTerminal: input,
    isOutputTerminal: output,
    color: color,
    variable: { variables[$0] }
  )
}

@Suite struct TerminalInfoTests {
  @Test func `a session is interactive if input and output are terminals`() {
    #expect(info().isInteractive)
    #expect(!info(input: false).isInteractive)
    #expect(!info(output: false).isInteractive)
  }

  @Test(arguments: ["", "dumb", "unknown"])
  func `a dumb terminal has no cursor movement and no colour`(type: String) {
    let info = info(["TERM": type])
    #expect(info.isInteractive)
    #expect(!info.supportsCursorMovement)
    #expect(!info.isColorEnabled)
  }

  @Test func `an unset type counts as dumb`() {
    #expect(!info([:]).supportsCursorMovement)
  }

  @Test func `NO_COLOR turns colour off, and an explicit choice takes precedence`() {
    #expect(info().isColorEnabled)
    #expect(!info(["TERM": "xterm", "NO_COLOR": "1"]).isColorEnabled)
    #expect(info(["TERM": "xterm", "NO_COLOR": ""]).isColorEnabled)
    #expect(!info(output: false).isColorEnabled)
    #expect(info(output: false, color: .always).isColorEnabled)
    #expect(!info(color: .never).isColorEnabled)
  }

  @Test(arguments: [
    ([:], true), (["LANG": "en_GB.UTF-8"], true), (["LC_ALL": "C.utf8"], true),
    (["LC_ALL": "C", "LANG": "en_GB.UTF-8"], false), (["LC_CTYPE": "POSIX"], false),
    (["LC_ALL": "", "LC_CTYPE": "", "LANG": "de_DE.ISO-8859-1"], false),
    (["LC_CTYPE": "de_DE.UTF-8", "LANG": "C"], true),
  ])
  func `block characters are used only in a locale that has them`(
    _ variables: [String: String],
    _ hasThem: Bool
  ) {
    #expect(info(variables).isUnicode == hasThem)
  }

  @Test func `ASCII keeps the characters that it has`() {
    #expect(TextEncoding.ascii.representable("cörös> ") == "c?r?s> ")
    #expect(TextEncoding.utf8.representable("cörös> ") == "cörös> ")
  }
}
