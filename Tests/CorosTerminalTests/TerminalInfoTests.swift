import Testing

@testable import CorosTerminal

private let xterm = TerminalType(
  name: "xterm",
  isKnown: true,
  canMoveCursor: true,
  hasColor: true
)

private func info(
  input: Bool = true,
  output: Bool = true,
  error: Bool = true,
  type: TerminalType = xterm,
  color: TerminalInfo.ColorChoice = .auto,
  _ variables: [String: String] = [:]
) -> TerminalInfo {
  TerminalInfo(
    streams: .init(input: input, output: output, error: error),
    type: type,
    color: color,
    variable: { variables[$0] }
  )
}

@Suite struct TerminalInfoTests {
  @Test func `a session is interactive if input and output are terminals`() {
    #expect(info().isInteractive)
    #expect(!info(input: false).isInteractive)
    #expect(!info(output: false).isInteractive)
    #expect(info(error: false).isInteractive)
  }

  @Test func `an unknown type has no cursor movement and no colour`() {
    let info = info(type: .none)
    #expect(info.isInteractive)
    #expect(!info.supportsCursorMovement)
    #expect(!info.isColorEnabled)
    #expect(!info.isErrorColorEnabled)
  }

  @Test func `a type without colours has none, and one that cannot move its cursor`() {
    var type = xterm
    type.hasColor = false
    #expect(!info(type: type).isColorEnabled)
    #expect(info(type: type).supportsCursorMovement)
    type = xterm
    type.canMoveCursor = false
    #expect(!info(type: type).isColorEnabled)
  }

  @Test func `colour is decided for each stream`() {
    #expect(info(output: false).isErrorColorEnabled)
    #expect(!info(output: false).isColorEnabled)
    #expect(info(error: false).isColorEnabled)
    #expect(!info(error: false).isErrorColorEnabled)
  }

  @Test func `NO_COLOR turns colour off, and an explicit choice takes precedence`() {
    #expect(info().isColorEnabled)
    #expect(!info(["NO_COLOR": "1"]).isColorEnabled)
    #expect(!info(["NO_COLOR": "1"]).isErrorColorEnabled)
    #expect(info(["NO_COLOR": ""]).isColorEnabled)
    for always in [
      info(output: false, error: false, color: .always), info(type: .none, color: .always),
    ] {
      #expect(always.isColorEnabled && always.isErrorColorEnabled)
    }
    #expect(!info(color: .never).isColorEnabled)
    #expect(!info(color: .never).isErrorColorEnabled)
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
