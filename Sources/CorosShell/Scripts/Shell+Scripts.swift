package import CorosFiles
import CorosLanguage
import CorosSession

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Scripts: lines from a descriptor or a text, in constant memory.

extension Shell {
  private static let deepestNesting = 32

  /// Runs the lines of an open descriptor, until its end, a failure, or `exit`.
  ///
  /// - Parameters:
  ///   - descriptor: Read from its present position, and not closed.
  ///   - name: The name of the script in diagnostics.
  /// - Returns: The status of the script.
  package func runScript(descriptor: Int32, name: String) -> Int {
    let host = host
    var reader = LineReader(
      descriptor: descriptor,
      // The sender of the next command may be waiting for the answer to the last one.
      willRead: { [self] in flush() },
      unless: { host.isInterrupted }
    )
    return runLines(of: name) {
      let line = reader.next()
      if case .end = line { return nil }
      return (line, reader.lineNumber)
    }
  }

  /// Runs the lines of a text, as given to `-c`.
  ///
  /// - Parameters:
  ///   - text: The lines, as in a file.
  ///   - name: The name of the script in diagnostics.
  /// - Returns: The status of the script.
  package func runScript(text: String, name: String) -> Int {
    // Splits by bytes: to Swift, a carriage return and its line feed are one character, not a line feed.
    var rest = text.utf8[...]
    if rest.starts(with: "\u{FEFF}".utf8) { rest = rest.dropFirst(3) }
    var number = 0
    return runLines(of: name) {
      guard !rest.isEmpty else { return nil }
      number += 1
      var line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      return (.line(String(Substring(line))), number)
    }
  }

  /// Runs lines until there are no more, one fails, or `exit`.
  private func runLines(
    of name: String,
    _ next: () -> (line: LineReader.Line, number: Int)?
  ) -> Int {
    var worst = 0
    while let (line, number) = readDefinition(next) {
      let place = LinePlace(script: name, number: number)
      let status: Int
      switch line {
      case .line where host.isInterrupted: status = CommandFailure.interruptedStatus
      case .line(let text): status = execute(text, at: place)
      case .invalidUTF8, .tooLong, .failed, .end: status = refuse(line, at: place)
      }
      if let exitStatus { return exitStatus }
      worst = max(worst, status)
      if case .failed = line { return worst }
      if status == CommandFailure.interruptedStatus
        || status != 0 && !settings.keepsGoing && !isChecking
      {
        return status
      }
    }
    return worst
  }

  /// Reads a line, and those after it while it goes on in the next one.
  private func readDefinition(
    _ next: () -> (line: LineReader.Line, number: Int)?
  ) -> (line: LineReader.Line, number: Int)? {
    guard let (first, number) = next() else { return nil }
    guard case .line(var text) = first, var blocks = OpenBlocks(text) else {
      return (first, number)
    }
    while blocks.isOpen, text.utf8.count < Self.longestDefinition, !host.isInterrupted,
      case (.line(let more), _)? = next()
    {
      blocks.add(more, to: &text)
    }
    return (.line(text), number)
  }

  /// Lines are read for a definition until it has this many bytes.
  private static let longestDefinition = 1 << 20

  /// Reports why a line of a script cannot be read.
  private func refuse(_ line: LineReader.Line, at place: LinePlace) -> Int {
    let (message, hint) =
      switch line {
      case .invalidUTF8(let column):
        ("this line is not UTF-8, from byte \(column) on", "save the script as UTF-8")
      case .tooLong(let limit):
        ("this line is longer than \(limit) bytes", "a newline may be missing")
      case .failed(EINTR): ("", "")
      case .failed(let errno): ("cannot read on: \(String(cString: strerror(errno)))", "")
      case .line, .end: ("", "")
      }
    if message.isEmpty { return CommandFailure.interruptedStatus }
    return fail(CommandFailure(message, hint: hint, status: 2), "", place)
  }

  /// Runs a script file, even in a sandbox: whoever starts the shell names it, not a command.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - arguments: `$1`, `$2`, ... while it runs.
  /// - Returns: The status of the script.
  /// - Throws: `FileError` if it cannot run at all.
  package func runScript(path: String, arguments: [String]) throws(FileError) -> Int {
    try runScript(FileReader.open(path), name: path, arguments: arguments)
  }

  /// Checks a script file without running it: its syntax, its commands, and what it defines.
  ///
  /// - Parameter path: The file.
  /// - Returns: 0, or 2 if something is wrong.
  /// - Throws: `FileError` if it cannot be read at all.
  package func checkScript(path: String) throws(FileError) -> Int {
    isChecking = true
    defer { isChecking = false }
    let status = try runScript(path: path, arguments: [])
    if status == 0, !settings.isJSON {
      let unused = session.unusedNames
      if !unused.isEmpty, !session.routineNames(areProcedures: false).isEmpty {
        let names = unused.map { "`\($0)`" }.joined(separator: ", ")
        output.writeLine("\(path): no program uses \(names)")
      }
      output.writeLine("\(path): nothing is wrong")
    }
    return status == 0 || status == CommandFailure.interruptedStatus ? status : 2
  }

  /// Runs an open script.
  package func runScript(
    _ file: OpenFile,
    name: String,
    arguments: [String]
  ) throws(FileError) -> Int {
    guard scripts.count < Self.deepestNesting else {
      throw FileError(
        "scripts are nested \(scripts.count) deep",
        hint: "does a script source itself?"
      )
    }
    let outer = variables.arguments
    variables.arguments = arguments
    scripts.append(name)
    defer {
      scripts.removeLast()
      variables.arguments = outer
    }
    return runScript(descriptor: file.descriptor, name: name)
  }
}
