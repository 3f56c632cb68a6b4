package import CorosFiles
import CorosLanguage

// `coros explore FILE ...`: for a build server.

/// The words behind `coros explore`.
package struct ExploreArguments {
  /// The scripts that make the tasks.
  package private(set) var scripts: [String] = []
  /// How their schedules are explored.
  package private(set) var words: [String] = []
  /// Whether results are JSON.
  package private(set) var isJSON = false

  /// Sorts the words: scripts come first, up to the name of a way of exploring, or an option.
  package init(_ words: [String]) {
    var rest = words[...]
    while let word = rest.first, !word.hasPrefix("--"), !ExploreWords.names.contains(word) {
      scripts.append(word)
      rest.removeFirst()
    }
    isJSON = rest.contains("--json")
    self.words = rest.filter { $0 != "--json" }
  }

  /// What may have been meant by a word that is no script; empty if nothing is like it.
  package static func hint(for word: String) -> String {
    Suggestion.question(for: word, among: ExploreWords.names) ?? ""
  }
}

extension Shell {
  /// Runs a script, and explores what may become of the tasks that it has made.
  ///
  /// - Parameters:
  ///   - script: The file.
  ///   - words: How they are explored, as behind the command.
  /// - Returns: 0; 1 if a schedule fails; 2 if the script or the words are wrong.
  /// - Throws: Why the script cannot be read.
  package func explore(script: String, words: [String]) throws(FileError) -> Int {
    let status = try runScript(path: script, arguments: [])
    if status != 0 {
      if let exitStatus, status != CommandFailure.interruptedStatus {
        fail(
          CommandFailure(
            "the script ended itself, with status \(exitStatus): nothing was explored",
            hint: "without its `exit`, what it has made can be explored"
          ),
          "",
          LinePlace(script: script, number: 0)
        )
      }
      return status == CommandFailure.interruptedStatus ? status : 2
    }
    return execute(
      (["explore"] + words.map(quoted)).joined(separator: " "),
      at: LinePlace(script: script, number: 0)
    )
  }

  /// Adds up files of results.
  package func mergeExplorations(words: [String]) -> Int {
    execute(
      (["explore", "merge"] + words.map(quoted)).joined(separator: " "),
      at: LinePlace(script: "explore merge", number: 0)
    )
  }
}
