import CorosLanguage

/// The commands that a shell knows.
struct CommandTable: Sendable {
  /// The commands in the order in which `help` lists them within their groups.
  let entries: [any ShellCommand.Type]
  private let byName: [String: any ShellCommand.Type]

  init(_ commands: [any ShellCommand.Type]) {
    entries = commands
    byName = Dictionary(commands.map { ($0.manual.name, $0) }) { first, _ in first }
  }

  var names: [String] { entries.map { $0.manual.name } }

  func command(named name: String) -> (any ShellCommand.Type)? {
    byName[name]
  }

  /// What to type instead of a word that is no command: similar names, or how to list them.
  func hint(for word: String) -> String {
    Suggestion.question(for: word, among: names) ?? "`help` lists the commands"
  }
}
