import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let up = "\u{1B}[A"
private let control = (c: "\u{03}", d: "\u{04}")

/// Definitions of several lines at the prompt of the real program: in the history, and in an editor.
@Suite(.timeLimit(.minutes(15))) struct DefinitionTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(environment: [String: String] = [:]) throws -> PseudoTerminal {
    try PseudoTerminal.atPrompt([], home: home.path, environment: environment)
  }

  @Test func `the up arrow brings a whole definition back, in the next session as well`() throws {
    do {
      let terminal = try start()
      try terminal.enter("program bump {", expecting: "...>")
      try terminal.enter("  yield", expecting: "...>")
      try terminal.enter("}", expecting: "coros>")
      terminal.send(up)
      try terminal.expect("yield")
      try terminal.expect("}")
      // It is one line of several rows: what is typed goes to its end, and Return runs it all.
      try terminal.enter("; spawn bump", expecting: "task 1: bump")
      terminal.send(control.d)
      #expect(try terminal.waitForExit() == .code(0))
    }
    let terminal = try start()
    terminal.send(up)
    try terminal.expect("; spawn bump")
    try terminal.enter("", expecting: "task 1: bump")
    try terminal.enter("program bump", expecting: "program bump {\r\n  yield\r\n}")
    // The entry before that is the definition alone.
    terminal.send(up + up + up)
    try terminal.enter("; spawn bump; clock", expecting: "task 2: bump")
  }

  @Test func `edit opens the editor of the environment, and takes the terminal back`() throws {
    let editor = home.file("editor")
    home.write(
      "#!/bin/sh\nstty -a | grep -q ' echo ' || exit 3\nsed -i \"$1\" \"$2\"\n",
      to: "editor"
    )
    chmod(editor, 0o700)
    let terminal = try start(environment: ["EDITOR": "false", "VISUAL": editor + " s/1/2/"])
    try terminal.enter("shared n = 0; program bump { n = n + 1 }", expecting: "coros>")
    try terminal.enter("edit bump", expecting: "coros>")
    try terminal.enter("program bump", expecting: "program bump { n = n + 2 }")
    try terminal.enter("spawn bump", expecting: "task 1: bump")
    terminal.send(control.d)
    #expect(try terminal.waitForExit() == .code(0))
    #expect(terminal.isAsFound)
  }

  @Test func `an editor that fails or is missing changes nothing`() throws {
    for (command, message) in [
      ("false", "the editor `false` ended with status 1"),
      ("no-such-editor", "the editor `no-such-editor` ended with status 127"),
    ] {
      let terminal = try start(environment: ["EDITOR": command, "VISUAL": ""])
      try terminal.enter("program a { yield }", expecting: "coros>")
      try terminal.enter("edit a", expecting: message)
      try terminal.enter("program a", expecting: "program a { yield }")
    }
  }
}
