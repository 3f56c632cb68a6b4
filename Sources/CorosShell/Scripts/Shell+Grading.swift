package import CorosFiles
import CorosLanguage
import CorosSession

// Hand-ins, and the graders that run after them.

extension Shell {
  /// Lets commands read some files even in a sandbox: whoever starts the shell has named them.
  package func allowReading(_ paths: [String]) { files.readable = paths }

  /// Runs what somebody has handed in: a script, or the journal of a session, which is replayed.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - arguments: `$1`, `$2`, ... while a script runs.
  /// - Returns: The status of the script; 1 for a journal that cannot be replayed.
  /// - Throws: `FileError` if it cannot be read at all.
  package func runHandIn(path: String, arguments: [String]) throws(FileError) -> Int {
    let file = try FileReader.open(path)
    guard file.begins(with: JournalText.kind) else {
      return try runScript(file, name: path, arguments: arguments)
    }
    let run = SavedRun(file) { [host] in host.isInterrupted }
    do throws(JournalError) {
      session.adopt(try run.play(for: session))
      return 0
    } catch {
      let failure = CommandFailure(
        "\(excerpt(of: path, limit: 200)):\(error.line): \(error.message)",
        hint: error.hint
      )
      return fail(failure, "", .prompt)
    }
  }

  /// Runs the rest of a script's work as another script that nothing before can keep from running: a grader's.
  ///
  /// An `exit` before it does not count, nor do limits. Its own mistakes, such as a command with a wrong word, have the
  /// status 2, so that 1 means a check that failed.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - arguments: `$1`, `$2`, ... while it runs.
  /// - Returns: The status of the script.
  /// - Throws: `FileError` if it cannot run at all.
  package func runGrader(path: String, arguments: [String] = []) throws(FileError) -> Int {
    exitStatus = nil
    stepLimit = nil
    points = (0, 0)
    variables = Variables()
    routines = Routines()
    isGrading = true
    defer { isGrading = false }
    return try runScript(path: path, arguments: arguments)
  }

  /// The failure as it counts: in a grader, what is wrong with a line is the grader's own mistake.
  func judged(_ failure: CommandFailure) -> CommandFailure {
    guard isGrading, failure.status == 1, failure.showsPlace, !failure.isVerdict else {
      return failure
    }
    var failure = failure
    failure.status = 2
    return failure
  }
}
