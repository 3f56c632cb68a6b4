import CorosLanguage

/// Commands that a person has put together: functions and aliases.
struct Routines {
  /// A function: the line that defines it, and the part of the line that it runs.
  struct Function {
    /// The names of its parameters; without any it takes whatever words there are.
    var parameters: [String] = []
    let line: String
    let body: CommandList
    let place: LinePlace
    /// Its commands, as they were typed.
    let text: String
  }

  var functions: [String: Function] = [:]
  /// What is typed in place of each alias.
  var aliases: [String: String] = [:]
  /// How many of them are running, one within the other.
  var depth = 0

  static let deepest = 100

  /// Whether a word is a function or an alias.
  func has(_ name: String) -> Bool { functions[name] != nil || aliases[name] != nil }
}
