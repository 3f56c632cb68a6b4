/// Lends the terminal to the editor that the person has chosen.
package enum ExternalEditor {
  /// How the editor ended.
  package enum End: Equatable, Sendable {
    case left
    case failed(status: Int32)
    case killed(signal: Int32)
    case notStarted(reason: String)
  }

  /// The command for the editor: `VISUAL`, else `EDITOR`, else `vi`.
  package static func command(variable: (String) -> String? = environmentVariable) -> String {
    for name in ["VISUAL", "EDITOR"] {
      if let command = variable(name), !command.allSatisfy(\.isWhitespace) { return command }
    }
    return "vi"
  }

  /// Opens a file in an editor, and waits until that ends.
  ///
  /// The editor gets the terminal as this program found it, which takes it back afterwards. No line may be edited
  /// meanwhile.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - command: The editor, with its options, as a shell reads it.
  /// - Returns: How it ended.
  package static func open(_ path: String, with command: String) -> End {
    // The shell splits the options off, as other programs do with these variables.
    switch HostProgram.run(["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", path]) {
    case .ended(0): return .left
    case .ended(let status): return .failed(status: status)
    case .killed(let signal): return .killed(signal: signal)
    case .notStarted(let reason): return .notStarted(reason: reason)
    }
  }
}
