import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

/// Files that no editor would write.
@Suite struct HostileScriptTests {
  /// The output and the status of a script with these bytes.
  private func run(
    _ bytes: [UInt8],
    keepsGoing: Bool = false
  ) throws -> (output: String, errors: String, status: Int) {
    let folder = try TemporaryFolder()
    let path = try folder.write("s", bytes: bytes)
    let session = keepsGoing ? TestShell.keepingGoing() : TestShell()
    let status = try session.shell.runScript(path: path, arguments: [])
    session.shell.flush()
    let errors = session.host.errors.replacing(path, with: "s")
    return (session.host.output, errors, status)
  }

  @Test(arguments: [
    "echo a\r\necho b\r\n", "echo a\r\necho b", "echo a\necho b", "\u{FEFF}echo a\necho b\n",
    "\n\n  echo a\n\t\n# comment\necho b # so\n\n", "echo a;echo b;",
  ])
  func `line endings, byte order marks and blanks do not matter`(_ text: String) throws {
    let result = try run(Array(text.utf8))
    #expect(result == (output: "a\nb\n", errors: "", status: 0))
  }

  @Test func `the text of -c may contain carriage returns, too`() {
    let session = TestShell()
    #expect(session.run("echo a\r\necho b\r\n\r\nkill") == 1)
    #expect(session.host.output == "a\nb\n")
    #expect(session.host.errors.hasPrefix("-c:4: "))
  }

  @Test(arguments: ["", "\n", "# nothing", "\r\n"])
  func `an empty script does nothing`(_ text: String) throws {
    #expect(try run(Array(text.utf8)) == (output: "", errors: "", status: 0))
  }

  @Test func `a line that is not UTF-8 is refused with the byte`() throws {
    let bytes = Array("echo a\necho ".utf8) + [0xFF] + Array("\necho b\n".utf8)
    let once = try run(bytes)
    #expect(once.output == "a\n" && once.status == 2)
    #expect(
      once.errors == """
        s:2: this line is not UTF-8, from byte 6 on
          hint: save the script as UTF-8

        """
    )
    let on = try run(bytes, keepsGoing: true)
    #expect(on.output == "a\nb\n" && on.status == 2)
  }

  @Test func `a NUL is shown at its place`() throws {
    let result = try run(Array("echo a\0b\n".utf8))
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("s:1: there is an invisible character here (U+0000)\n"))
    #expect(!result.errors.utf8.contains(0))
  }

  @Test func `a line of ten megabytes is a line`() throws {
    let word = [UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20)
    let result = try run(Array("echo ".utf8) + word + Array("\necho b\n".utf8))
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.output.utf8.count == word.count + 3)
  }

  @Test func `an extremely long line is skipped`() throws {
    let word = [UInt8](repeating: UInt8(ascii: "x"), count: 17 << 20)
    let result = try run(Array("echo ".utf8) + word + Array("\necho b\n".utf8), keepsGoing: true)
    #expect(result.output == "b\n" && result.status == 2)
    #expect(result.errors.hasPrefix("s:1: this line is longer than 16777216 bytes\n"))
  }

  @Test func `the error for a very long line is short`() throws {
    let word = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for command in ["", "kill ", "help ", "spawn ", "spawn count ", "run ", "ps -a -", "set "] {
      let result = try run(Array(command.utf8) + word)
      #expect(result.status == 1 && result.errors.utf8.count < 1_000, "\(command)")
    }
  }
}
