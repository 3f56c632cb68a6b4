/// The words of the language for programs.
package enum ProgramWords {
  /// The words that begin a definition: each is a command as well.
  package static let definitions = [
    "shared", "mutex", "semaphore", "condition", "channel", "barrier", "event", "rwlock",
    "program", "procedure", "use", "always", "finally",
  ]

  /// The words that begin a statement.
  package static let statements = [
    "var", "if", "while", "repeat", "loop", "break", "atomic", "await", "when", "critical",
    "assert", "lock", "unlock", "rlock", "wlock", "down", "up", "wait", "signal", "broadcast",
    "arrive", "send", "receive", "close", "set", "clear", "write", "yield", "sleep", "exit",
    "spawn", "cancel", "tell", "hear", "select", "shield", "group",
    "within",
  ]

  /// The words with a meaning inside statements and expressions.
  package static let inner = [
    "else", "and", "or", "not", "true", "false", "me", "tick", "choose", "trylock", "trydown",
    "after", "otherwise",
  ]

  /// The words that cannot be names.
  static let reserved = Set(definitions + statements + inner)

  /// Whether a word can be the name of something that is defined.
  package static func isName(_ word: String) -> Bool {
    !reserved.contains(word) && word.utf8.first?.beginsName == true
      && word.utf8.allSatisfy(\.continuesName)
  }
}
