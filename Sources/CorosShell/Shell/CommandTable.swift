import CorosLanguage

/// The commands that a shell knows.
package struct CommandTable: Sendable {
  /// The commands in the order in which `help` lists them within their groups.
  package let entries: [any ShellCommand.Type]
  private let byName: [String: any ShellCommand.Type]

  package init(_ commands: [any ShellCommand.Type]) {
    entries = commands
    byName = Dictionary(commands.map { ($0.manual.name, $0) }) { first, _ in first }
  }

  package var names: [String] { entries.map { $0.manual.name } }

  /// The command that a word stands for: its name, its alias, or a beginning that no other command has.
  package func command(named word: String) -> (any ShellCommand.Type)? {
    if let command = byName[word] ?? CommandAliases.all[word].flatMap({ byName[$0] }) {
      return command
    }
    let candidates = commands(beginningWith: word)
    return candidates.count == 1 ? byName[candidates[0]] : nil
  }

  /// The command of exactly this name.
  package func command(exactly name: String) -> (any ShellCommand.Type)? { byName[name] }

  /// The names of which a word is the beginning.
  ///
  /// Definitions are not among them: they are written in full, as in the files of programs.
  package func commands(beginningWith word: String) -> [String] {
    guard !word.isEmpty else { return [] }
    return names.filter { $0.hasPrefix(word) && !Self.isWrittenInFull($0) }
  }

  private static func isWrittenInFull(_ name: String) -> Bool {
    ProgramWords.definitions.contains(name) || BlockWords.all.contains(name)
  }

  /// What to type instead of a word that is no command: similar names, what is meant by it elsewhere, or how to
  /// list the commands.
  package func hint(for word: String) -> String {
    CommandAliases.meaning(of: word) ?? Suggestion.question(
      for: word,
      among: names + CommandAliases.all.keys.filter { $0.count > 1 }.sorted()
    )
      ?? "`help` lists the commands"
  }

  /// What is wrong with a word that stands for no command.
  package func refusal(of word: String) -> String {
    let candidates = commands(beginningWith: word)
    return candidates.count > 1
      ? "'\(word)' is short for \(candidates.count) commands"
      : "there is no command '\(excerpt(of: word))'"
  }
}
