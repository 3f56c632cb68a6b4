import CorosTestSupport
import Testing

/// Standard output and standard error: what each gets is decided for it alone.
@Suite struct StreamTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a line of `sh` on a terminal, and returns all that is to be seen; `$1` is the program.
  private func seen(_ line: String, environment: [String: String] = [:]) throws -> String {
    let terminal = try PseudoTerminal(
      "/bin/sh",
      arguments: ["-c", line, "sh", corosProgram, folder.path],
      environment: ["HOME": folder.path].merging(environment) { $1 }
    )
    _ = try terminal.waitForExit()
    return terminal.transcript
  }

  private static let evil = "\u{1B}]0;title\u{07}\u{1B}[2J\u{9B}1m"
  /// Says evil things on both streams.
  private static let script = "spawn crash '\(evil)oops'; run; echo '\(evil)'; spwan '\(evil)'"

  @Test(arguments: ["", ">\"$2/out\"", "2>\"$2/err\"", ">/dev/null", "2>/dev/null", "2>&1 | cat"])
  func `no text controls the terminal, wherever the other stream goes`(_ redirection: String) throws
  {
    folder.write(Self.script, to: "script")
    let text = try seen("\"$1\" --keep-going \"$2/script\" \(redirection)")
    if redirection != "2>&1 | cat" {
      for control in ["\u{1B}]0", "\u{1B}[2J", "\u{07}", "\u{9B}"] {
        #expect(!text.contains(control))
      }
    }
    // A file gets what was said, unchanged and without colours.
    for name in ["out", "err"] {
      guard let kept = folder.read(name) else { continue }
      #expect(kept.contains(Self.evil))
      #expect(!kept.replacing(Self.evil, with: "").contains("\u{1B}"))
    }
  }

  @Test func `each stream is coloured if it is a terminal`() throws {
    let line = "\"$1\" --keep-going -c 'spawn hello; ps; spwan'"
    let isColored = { (text: String) in text.contains("\u{1B}[") }
    #expect(isColored(try seen(line + " >/dev/null")))
    #expect(isColored(try seen(line + " 2>/dev/null")))
    #expect(isColored(try seen(line + " >\"$2/out\" 2>/dev/null")) == false)
    #expect(folder.read("out").map(isColored) == false)
    #expect(!isColored(try seen(line, environment: ["NO_COLOR": "1"])))
    #expect(!isColored(try seen(line, environment: ["TERM": "no-such-terminal"])))
    #expect(!isColored(try seen(line, environment: ["TERM": "vt100"])))
    #expect(
      isColored(
        try seen(
          line.replacing("--keep-going", with: "--color always --keep-going") + " 2>&1 | cat"
        )
      )
    )
  }

  @Test(arguments: ["dumb", "", "unknown", "no-such-terminal", "emacs"])
  func `a terminal that is not known gets plain lines, and is told so`(_ type: String) throws {
    let terminal = try PseudoTerminal(
      corosProgram,
      environment: ["HOME": folder.path, "TERM": type, "TERMINFO": folder.path]
    )
    for (line, answer) in [("spawn count 2; run", "all finished"), ("spwan", "did you mean")] {
      try terminal.expect("coros")
      try terminal.expect("> ")
      terminal.send(line + "\r")
      try terminal.expect(answer)
    }
    try terminal.expect("3 coros> ")
    terminal.send("exit\r")
    #expect(try terminal.waitForExit() == .code(0))
    #expect(!terminal.transcript.contains("\u{1B}"))
    #expect(!terminal.transcript.contains("dumb terminal settings"))
    let isSaid = terminal.transcript.contains("the terminal type '\(type)' is unknown")
    if type == "no-such-terminal" { #expect(isSaid) }
    if type.isEmpty { #expect(!isSaid) }
  }

  #if os(Linux)
    @Test(arguments: [
      "-c clock", "--json -c clock", "--help", "--version", "--reference man",
      "--reference markdown",
      "--completions bash",
    ])
    func `a full device is said, and is status 1`(_ words: String) throws {
      let outcome = try shell("exec \"$1\" \(words) >/dev/full", corosProgram)
      #expect(outcome.exit == .code(1))
      #expect(outcome.errors.contains("cannot write to standard output: No space left on device"))
    }
  #endif

  @Test func `input and output that do not block lose nothing`() throws {
    folder.write(
      """
      import os, subprocess, sys, time
      r, w = os.pipe()
      os.set_blocking(r, False)
      p = subprocess.Popen([sys.argv[1]], stdin=r, stdout=-1)
      os.close(r)
      while not open(f"/proc/{p.pid}/stat").read().split(")")[1].split()[0] == "S": time.sleep(.001)
      os.write(w, b"echo late\\n")
      os.close(w)
      print(p.communicate()[0])
      r, w = os.pipe()
      os.set_blocking(w, False)
      p = subprocess.Popen([sys.argv[1], "-c", "limit output 1000000; spawn babble; run 5000"], stdout=w)
      os.close(w)
      n = 0
      while data := os.read(r, 100): n += len(data)
      print(p.wait(), n > 100_000)
      """,
      to: "test.py"
    )
    let outcome = try shell("exec python3 \"$2\" \"$1\"", corosProgram, folder.file("test.py"))
    #expect(outcome.output == "b'late\\n'\n0 True\n")
  }
}
