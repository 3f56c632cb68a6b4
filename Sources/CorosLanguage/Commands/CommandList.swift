/// One parsed line: its commands in order, each with the connector before it.
///
/// The grammar, in which a word is one or more fragments with no blank between them:
///
///     list     = [ pipeline { connector pipeline } [ ";" ] ] [ comment ]
///     pipeline = command { "|" command } [ "|" "!" text for the host ]
///     command  = word { word }
///     fragment = bare text | 'text' | "text and $variables" | \character | $variable
///
/// As in sh, `;`, `&&` and `||` have the same precedence and associate to the left: if `a` fails, the line
/// `a && b || c` skips `b` and runs `c`. A newline separates commands like `;`. Unlike `;`, it may also
/// appear where there is no command before it. A backslash before a newline makes a blank of both.
package struct CommandList: Equatable, Sendable {
  package var entries: [Entry]

  /// A command and when it runs.
  package struct Entry: Equatable, Sendable {
    package var connector: Connector
    package var command: Command
    /// What its results go through, in order; almost always nothing, so that an entry is cheap to copy.
    package var stages: [Stage] = []

    /// The commands behind it that its results go through, in order.
    package var filters: [Command] {
      stages.compactMap { if case .filter(let command) = $0 { command } else { nil } }
    }

    /// The command of the host that its results go to in the end.
    package var hostCommand: HostCommand? {
      if case .host(let command)? = stages.last { command } else { nil }
    }
  }

  /// What comes behind a bar.
  package enum Stage: Equatable, Sendable {
    /// A command of the shell, which passes on some of the lines, or counts or sorts them.
    case filter(Command)
    /// A command of the host: always the last.
    case host(HostCommand)
  }

  /// When a command runs, depending on the status of the command before it.
  package enum Connector: Equatable, Sendable {
    /// Always: the first command, and each command after `;`.
    case always
    /// After success: `&&`.
    case and
    /// After failure: `||`.
    case or
  }
}

/// A command for the shell of the host: all behind `| !`, up to the end of the line.
package struct HostCommand: Equatable, Sendable {
  /// What the host's shell reads, without the `!`.
  package var text: String
  /// From the `!` to the end of the line.
  package var range: SourceRange
}

/// One command as typed: its name and arguments, with variables not yet expanded.
package struct Command: Equatable, Sendable {
  /// Never empty.
  package var words: [Word]
  /// From the first byte of the first word to the last byte of the last word.
  package var range: SourceRange
}

/// One word as typed.
///
/// It becomes exactly one argument, except for `$@`.
package struct Word: Equatable, Sendable {
  package var content: Content
  package var range: SourceRange

  /// Almost all words are plain text; that case needs no array of fragments.
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

/// A part of a word, with the syntax that produced it.
///
/// Commands need the kind after expansion, too: `assert` recognizes operators in bare text only, so the value
/// of a variable cannot change the structure of the expression around it.
package struct Fragment: Equatable, Sendable {
  package var kind: Kind
  /// The text.
  ///
  /// For a variable: its spelling before expansion, its value after.
  package var text: String
  package var range: SourceRange

  package init(kind: Kind, text: String, range: SourceRange) {
    self.kind = kind
    self.text = text
    self.range = range
  }

  package enum Kind: Equatable, Sendable {
    /// Text outside quotes, taken byte for byte.
    case bare
    /// Text inside quotes or after a backslash.
    case quoted
    case variable(Variable)
  }
}

/// What can follow a dollar sign.
package enum Variable: Hashable, Sendable {
  /// `$name` or `${name}`.
  case named(String)
  /// `$1`, `$2`, ...: an argument of the script.
  ///
  /// All digits count: `$10` is the tenth argument.
  case argument(Int)
  /// `$#`: the number of arguments of the script.
  case argumentCount
  /// `$@`: all arguments.
  ///
  /// Alone in a word, each of them becomes a separate argument.
  case allArguments
  /// `$!`: the most recently spawned task.
  case lastSpawned
  /// `$?`: the status of the last command.
  case status
}
