/// A syntax error in a line, or in a word after expansion.
package struct SyntaxError: Error, Equatable, Sendable {
  package let problem: Problem
  /// The place in the line.
  ///
  /// Never empty, and never past the end of the line.
  package let range: SourceRange

  package init(_ problem: Problem, at range: SourceRange) {
    self.problem = problem
    self.range = range
  }

  package enum Problem: Equatable, Sendable {
    // From the parser.
    case unclosedQuote(Character)
    case unfinishedEscape
    case unclosedBrace
    case unclosedBlock
    /// The same for a block of commands.
    case unclosedCommands
    case missingBlock
    case afterBlock
    case missingVariableName
    case notAName(String)
    case loneBar
    case loneAmpersand
    case nothingBefore(String)
    case nothingAfter(String)
    case controlCharacter(UInt8)
    case lookalike(Lookalike)
    // From the expansion of words, when a command is about to run.
    case unset(name: String, nearest: String?)
    case noSuchArgument(spelling: String, given: Int)
    case nothingSpawned
    case tooLong(limit: Int)
    case noStatus
  }
}

extension SyntaxError: Diagnostic {
  /// What is wrong, in one line.
  package var message: String {
    switch problem {
    case .unclosedQuote:
      "this quote is never closed"
    case .unfinishedEscape:
      "nothing follows this backslash"
    case .unclosedBlock, .unclosedCommands:
      "this `{` is never closed"
    case .missingBlock:
      "a block in braces is missing here"
    case .afterBlock:
      "this does not fit behind the block"
    case .unclosedBrace:
      "this `${` is never closed"
    case .missingVariableName:
      "no name follows this `$`"
    case .notAName(""):
      "there is no name between the braces"
    case .notAName(let text):
      "`\(excerpt(of: text))` cannot be the name of a variable"
    case .loneBar:
      "a lone `|` joins nothing here"
    case .loneAmpersand:
      "a lone `&` means nothing here"
    case .nothingBefore(let joint):
      "there is no command before `\(joint)`"
    case .nothingAfter(let joint):
      "there is no command after `\(joint)`"
    case .controlCharacter(let byte):
      "there is an invisible character here (\(codePoint(UInt32(byte))))"
    case .lookalike(let lookalike):
      "there is \(lookalike.name) here (\(codePoint(lookalike.rawValue)))"
    case .unset(let name, _):
      "`$\(excerpt(of: name))` has no value"
    case .noSuchArgument(let spelling, let given):
      "there is no `\(excerpt(of: spelling))`: the script was given \(given == 0 ? "no arguments" : counted(given, "argument"))"
    case .nothingSpawned:
      "`$!` has no value: nothing has been spawned yet"
    case .noStatus:
      "`$?` has no value: no command has run yet"
    case .tooLong(let limit):
      "with its variables expanded this is longer than \(limit) bytes"
    }
  }

  /// How to fix it.
  package var hint: String {
    switch problem {
    case .unclosedQuote(let quote):
      "end it with another \(quote), or write \\\(quote) for the character itself"
    case .unfinishedEscape:
      "write \\\\ for a backslash itself"
    case .unclosedBlock:
      "add a `}` after the last statement"
    case .unclosedCommands:
      "add a `}` after the last command"
    case .missingBlock:
      "write the commands between { and }"
    case .afterBlock:
      "end the command with ; or a new line"
    case .unclosedBrace:
      "write ${name}, or \\$ for a dollar sign"
    case .missingVariableName:
      "write $name, $1, $@, $#, $! or $?, or \\$ for a dollar sign"
    case .notAName:
      "a name is made of letters, digits and _, and does not begin with a digit"
    case .loneBar:
      "join commands with ; && or ||, or write '|' for the character itself"
    case .loneAmpersand:
      "spawned tasks already run in the background; write '&' for the character itself"
    case .nothingBefore(let joint), .nothingAfter(let joint):
      "write the command, or remove the \(joint)"
    case .controlCharacter:
      "remove it, or put it in quotes if it is meant"
    case .lookalike:
      "type a plain space, or put it in quotes if it is meant"
    case .unset(_, let nearest?):
      "did you mean `$\(nearest)`?"
    case .unset(let name, nil):
      "give it one: set \(excerpt(of: name)) VALUE"
    case .noSuchArgument:
      "$# is the number of arguments, and $@ is all of them"
    case .nothingSpawned:
      "spawn a program first"
    case .noStatus:
      "run a command first"
    case .tooLong:
      "does a variable hold itself more than once?"
    }
  }
}

private func codePoint(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
