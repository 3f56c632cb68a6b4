package import CorosLanguage

/// Commands that a person has put together: functions and aliases.
package struct Routines {
  /// A function: the line that defines it, and the part of the line that it runs.
  package struct Function {
    /// The names of its parameters; without any it takes whatever words there are.
    package let parameters: [String]
    package let line: String
    package let body: CommandList
    package let place: LinePlace
    /// Its commands, as they were typed.
    package let text: String

    /// Makes a function from what was typed.
    package init(
      parameters: [String],
      line: String,
      body: CommandList,
      place: LinePlace,
      text: String
    ) {
      self.parameters = parameters
      self.line = line
      self.body = body
      self.place = place
      self.text = text
    }
  }

  package var functions: [String: Function] = [:]
  /// What is typed in place of each alias.
  package var aliases: [String: String] = [:]
  /// How many of them are running, one within the other.
  package var depth = 0

  package static let deepest = 100

  /// Whether a word is a function or an alias.
  package func has(_ name: String) -> Bool { functions[name] != nil || aliases[name] != nil }
}
