package import CorosLanguage
package import CorosSession

// Commands within commands: blocks, functions and aliases.

extension Shell {
  /// Finds the parts of a command with a block.
  package func block(_ invocation: Invocation, _ manual: Manual) throws(CommandFailure) -> Block {
    guard let text = invocation.arguments.last else {
      throw CommandFailure(
        "\(manual.name) needs a block",
        at: invocation.name.range,
        hint: "as in `\(manual.example)`"
      )
    }
    do throws(SyntaxError) {
      return try Block(
        invocation.line,
        in: invocation.name.range.upperBound..<text.range.upperBound
      )
    } catch {
      throw CommandFailure(error, status: 2)
    }
  }

  /// The words of a part of the line, with variables replaced.
  package func words(_ range: SourceRange, of line: String) throws(CommandFailure) -> [Argument] {
    do throws(SyntaxError) {
      let list = try CommandList(parsing: "_ " + Block.part(range, of: line))
      guard let command = list.entries.first?.command, list.entries.count == 1 else {
        throw SyntaxError(.afterBlock, at: range)
      }
      // The word before them makes two places more.
      return try command.expanded(with: variables).dropFirst().map { word in
        var word = word
        word.range = word.range.lowerBound - 2..<word.range.upperBound - 2
        word.origin = word.origin.map { fragments in
          fragments.map { fragment in
            var fragment = fragment
            fragment.range = fragment.range.lowerBound - 2..<fragment.range.upperBound - 2
            return fragment
          }
        }
        return word
      }
    } catch {
      throw CommandFailure(error, status: 2)
    }
  }

  /// Reads the commands of a block.
  package func commands(_ range: SourceRange, of line: String) throws(CommandFailure) -> CommandList
  {
    do throws(SyntaxError) {
      return try CommandList(parsing: Block.part(range, of: line))
    } catch {
      throw CommandFailure(error, status: 2)
    }
  }

  /// Runs the commands of a block.
  ///
  /// - Returns: Whether to go on: not after `exit`.
  /// - Throws: When it failed; the failures have been reported with their places.
  package func run(_ list: CommandList, in line: String) throws(CommandFailure) -> Bool {
    let place = place
    guard routines.depth < Routines.deepest else {
      throw CommandFailure(
        "blocks and functions are nested \(Routines.deepest) deep",
        hint: "does a function call itself for ever?"
      )
    }
    routines.depth += 1
    defer {
      routines.depth -= 1
      self.place = place
    }
    let status = run(list, line, place)
    if status == CommandFailure.interruptedStatus || isInterrupted { throw interruption }
    if exitStatus != nil { return false }
    if status != 0, !settings.keepsGoing { throw .reported(status) }
    return true
  }

  /// Whether a condition holds.
  package func holds(_ words: [Argument], in line: String) throws(CommandFailure) -> Bool {
    do throws(ExpressionError) {
      let expression = try Expression(parsing: words, in: line)
      return try evaluate { view throws(ExpressionError) in
        try expression.verdict(in: view) == .holds
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Gives the parameters of a function their values.
  ///
  /// - Returns: The values that variables of these names had before.
  private func bind(
    _ names: [String],
    of words: [Argument]
  ) throws(CommandFailure) -> [(name: String, value: String?)] {
    if names.isEmpty { return [] }
    let values = words.dropFirst()
    guard values.count == names.count else {
      let usage = ([words[0].text] + names.map { $0.uppercased() }).joined(separator: " ")
      throw CommandFailure(
        "\(words[0].text) takes \(counted(names.count, "word")), not \(values.count)",
        at: values.count > names.count ? words[names.count + 1].range : words[0].range,
        hint: "as in `\(usage)`"
      )
    }
    let before = names.map { (name: $0, value: variables.named[$0]) }
    for (name, value) in zip(names, values) {
      guard variables.set(name, to: value.text) else {
        throw CommandFailure("the variables would take too much memory", at: value.range)
      }
    }
    return before
  }

  /// Runs a function or an alias, if the command is one.
  ///
  /// - Returns: Whether it is.
  func runRoutine(_ words: [Argument]) throws(CommandFailure) -> Bool {
    let name = words[0].text
    if let function = routines.functions[name] {
      let (arguments, outer) = (variables.arguments, place)
      let before = try bind(function.parameters, of: words)
      variables.arguments = words.dropFirst().map(\.text)
      place = function.place
      defer {
        variables.arguments = arguments
        place = outer
        for (name, value) in before {
          if let value { _ = variables.set(name, to: value) } else { variables.remove(name) }
        }
      }
      _ = try run(function.body, in: function.line)
      return true
    }
    guard let alias = routines.aliases[name] else { return false }
    let line = ([alias] + words.dropFirst().map { quoted($0.text) }).joined(separator: " ")
    _ = try run(try commands(0..<line.utf8.count, of: line), in: line)
    return true
  }
}

extension CommandFailure {
  /// The failure of a command whose commands have reported theirs.
  package static func reported(_ status: Int) -> CommandFailure {
    var failure = CommandFailure("", status: status)
    failure.isReported = true
    return failure
  }
}

/// The result of a command that has none of its own: those of its commands are printed.
package enum NoResult: ResultShape {
  package static let lines: [ResultLine] = []
}
