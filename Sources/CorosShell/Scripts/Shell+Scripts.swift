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
  ///   - descriptor: Read from where it stands; not closed.
  ///   - name: What the script is called in diagnostics.
  /// - Returns: The status of the script.
  package func runScript(descriptor: Int32, name: String) -> Int {
    let host = host
    var reader = LineReader(descriptor: descriptor, stopsAtSignal: { host.isInterrupted })
    var status = 0
    while true {
      let line = reader.next()
      let place = LinePlace(script: name, number: reader.lineNumber)
      switch line {
      case .line(let text):
        status = runLine(text, at: place)
      case .invalidUTF8(let column):
        status = fail(
          CommandFailure(
            "this line is not UTF-8, from byte \(column) on",
            hint: "save the script as UTF-8",
            status: 2
          ),
          "",
          place
        )
      case .tooLong(let limit):
        status = fail(
          CommandFailure(
            "this line is longer than \(limit) bytes",
            hint: "a newline may be missing",
            status: 2
          ),
          "",
          place
        )
      case .end:
        return settings.keepsGoing ? worstStatus(status) : status
      case .failed(let errno):
        if errno == EINTR { return CommandFailure.interruptedStatus }
        return fail(
          CommandFailure("cannot read \(name): \(String(cString: strerror(errno)))", status: 2),
          "",
          place
        )
      }
      if let exitStatus { return exitStatus }
      if status != 0, !settings.keepsGoing || status == CommandFailure.interruptedStatus {
        return status
      }
    }
  }

  /// Runs the lines of a text, as `-c` gives it.
  package func runScript(text: String, name: String) -> Int {
    var status = 0
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      status = runLine(String(line), at: LinePlace(script: name, number: number))
      if let exitStatus { return exitStatus }
      if status != 0, !settings.keepsGoing || status == CommandFailure.interruptedStatus {
        return status
      }
    }
    return settings.keepsGoing ? worstStatus(status) : status
  }

  private func runLine(_ line: String, at place: LinePlace) -> Int {
    if host.isInterrupted { return CommandFailure.interruptedStatus }
    let result = execute(line, at: place)
    if result != 0 { failures = max(failures, result) }
    return result
  }

  /// With `--keep-going` a script's status tells whether anything failed on the way.
  private func worstStatus(_ last: Int) -> Int {
    max(failures, last)
  }

  /// Runs a script file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - arguments: `$1`, `$2`, ... while it runs.
  /// - Returns: The status of the script; 2 when it cannot be read.
  package func runScript(path: String, arguments: [String]) throws(ScriptError) -> Int {
    guard scripts.count < Self.deepestNesting else {
      throw ScriptError(message: "\(path): scripts are nested \(scripts.count) deep")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ScriptError(message: "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let outer = variables.arguments
    variables.arguments = arguments
    scripts.append(path)
    defer {
      scripts.removeLast()
      variables.arguments = outer
    }
    return runScript(descriptor: descriptor, name: path)
  }
}

/// Why a script could not be run at all.
package struct ScriptError: Error, Equatable {
  package let message: String
}
