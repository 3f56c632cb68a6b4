/// A place in a line, as offsets of UTF-8 bytes from its start.
///
/// Bytes are what the parser counts. `SourceExcerpt` turns them into the columns that a person counts.
package typealias SourceRange = Range<Int>

/// One parsed line: commands in the order written, each with what joins it to those before.
///
/// The grammar, in which a word is one or more fragments with no blank between them:
///
///     list     = [ command { connector command } [ ";" ] ] [ comment ]
///     command  = word { word }
///     fragment = bare text | 'text' | "text and $variables" | \character | $variable
///
/// `;`, `&&` and `||` bind equally and from the left, as in sh: after a failing `a`, the line
/// `a && b || c` goes on to run `c`. A newline separates like `;`, and may stand where `;` may not.
package struct CommandList: Equatable, Sendable {
  package var entries: [Entry]

  /// A command and the condition under which it runs.
  package struct Entry: Equatable, Sendable {
    package var connector: Connector
    package var command: Command
  }

  /// The condition that what ran before must meet.
  package enum Connector: Equatable, Sendable {
    /// Runs whatever came before: the first command, and each after `;`.
    case always
    /// Runs after success: `&&`.
    case and
    /// Runs after failure: `||`.
    case or
  }
}

/// One command as written: a name and its arguments, variables not yet replaced.
package struct Command: Equatable, Sendable {
  /// Never empty.
  package var words: [Word]
  /// From the first word's first byte to the last word's last.
  package var range: SourceRange
}

/// One word as written; it becomes exactly one argument, save for `$@`.
package struct Word: Equatable, Sendable {
  package var content: Content
  package var range: SourceRange

  /// Nearly every word is plain text, so that case needs no array of fragments.
  package enum Content: Equatable, Sendable {
    case plain(String)
    case fragments([Fragment])
  }

  /// The parts of the word, in order.
  package var fragments: [Fragment] {
    switch content {
    case .plain(let text): [Fragment(kind: .bare, text: text, range: range)]
    case .fragments(let fragments): fragments
    }
  }
}

/// A part of a word that came about in one way.
///
/// The way matters after expansion too: `assert` reads operators in bare text only, so a value
/// can never be taken for a piece of the expression around it.
package struct Fragment: Equatable, Sendable {
  package var kind: Kind
  /// What it stands for; of a variable, its spelling until it is expanded, and then its value.
  package var text: String
  package var range: SourceRange

  package init(kind: Kind, text: String, range: SourceRange) {
    self.kind = kind
    self.text = text
    self.range = range
  }

  package enum Kind: Equatable, Sendable {
    /// Text outside quotes: stands in the line byte for byte.
    case bare
    /// Text from quotes or after backslashes.
    case quoted
    case variable(Variable)
  }
}

/// What can follow a dollar sign.
package enum Variable: Hashable, Sendable {
  /// `$name` or `${name}`.
  case named(String)
  /// `$1`, `$2`, ...: an argument of the script. All digits count: `$10` is the tenth.
  case argument(Int)
  /// `$#`: how many arguments the script was given.
  case argumentCount
  /// `$@`: all of them; alone in a word, each becomes an argument of its own.
  case allArguments
  /// `$!`: the task spawned last.
  case lastSpawned
  /// `$?`: the status of the last command.
  case status
}
