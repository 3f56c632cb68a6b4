/// Where variables get their values when a line runs.
package protocol VariableLookup {
  /// The value of a variable, or nil if it has none.
  ///
  /// Called for `named`, `lastSpawned` and `status`; `arguments` provides the rest.
  func value(of variable: Variable) -> String?

  /// The arguments of the running script, `$1` first.
  var arguments: [String] { get }

  /// All names that have values, for suggestions.
  var names: [String] { get }
}

/// One argument as a command receives it.
package struct Argument: Equatable, Sendable {
  package var text: String
  /// The word that produced it.
  package var range: SourceRange
  /// The fragments of the word, for commands that distinguish operators from text; nil for plain text.
  package var origin: [Fragment]?

  package init(_ text: String, range: SourceRange, origin: [Fragment]? = nil) {
    self.text = text
    self.range = range
    self.origin = origin
  }

  /// Whether it is this word, typed without quotes.
  package func isBare(_ word: String) -> Bool { origin == nil && text == word }

  /// The parts of the argument, with variables expanded.
  package var fragments: [Fragment] {
    origin ?? [Fragment(kind: .bare, text: text, range: range)]
  }
}

extension Command {
  /// The command's name and arguments, with each variable replaced by its current value.
  ///
  /// Expansion happens when the command runs, so `spawn count; wait $!` waits for the task just spawned. The
  /// result is empty only if the command is just `$@` and the script has no arguments.
  package func expanded(with variables: some VariableLookup) throws(SyntaxError) -> [Argument] {
    var arguments: [Argument] = []
    arguments.reserveCapacity(words.count)
    try expand(words[...], with: variables, into: &arguments)
    return arguments
  }

  /// The command's name and, apart from it, its arguments; nil where there is no name.
  package func expandedApart(
    with variables: some VariableLookup
  ) throws(SyntaxError) -> (name: Argument, arguments: [Argument])? {
    var arguments: [Argument] = []
    guard case .plain(let name) = words[0].content else {
      try expand(words[...], with: variables, into: &arguments)
      return arguments.isEmpty ? nil : (arguments.removeFirst(), arguments)
    }
    if words.count > 1 {
      arguments.reserveCapacity(words.count - 1)
      try expand(words[1...], with: variables, into: &arguments)
    }
    return (Argument(name, range: words[0].range), arguments)
  }

  @inline(__always)
  private func expand(
    _ words: ArraySlice<Word>,
    with variables: some VariableLookup,
    into arguments: inout [Argument]
  ) throws(SyntaxError) {
    var size = 0
    for word in words {
      try word.expand(with: variables, into: &arguments)
      // Plain text is no longer than the line, which has a limit of its own.
      guard case .fragments = word.content else { continue }
      size += arguments.last?.text.utf8.count ?? 0
      if size > Word.longest { throw SyntaxError(.tooLong(limit: Word.longest), at: word.range) }
    }
  }
}

extension Word {
  /// The most bytes of a word, and of all words of a command together, after its variables are expanded.
  package static let longest = 16 << 20

  /// The arguments that the word produces: one, or for a lone `$@` as many as the script was given.
  package func expanded(with variables: some VariableLookup) throws(SyntaxError) -> [Argument] {
    var arguments: [Argument] = []
    try expand(with: variables, into: &arguments)
    return arguments
  }

  @inline(__always)
  package func expand(
    with variables: some VariableLookup,
    into arguments: inout [Argument]
  ) throws(SyntaxError) {
    switch content {
    case .plain(let text):
      arguments.append(Argument(text, range: range))
    case .fragments(let fragments):
      try expand(fragments, with: variables, into: &arguments)
    }
  }

  @inline(never)
  private func expand(
    _ fragments: [Fragment],
    with variables: some VariableLookup,
    into arguments: inout [Argument]
  ) throws(SyntaxError) {
    if fragments.count == 1, case .variable(.allArguments) = fragments[0].kind {
      for value in variables.arguments {
        var origin = fragments[0]
        origin.text = value
        arguments.append(Argument(value, range: range, origin: [origin]))
      }
      return
    }
    var fragments = fragments
    for index in fragments.indices {
      guard case .variable(let variable) = fragments[index].kind else { continue }
      fragments[index].text = try fragments[index].value(of: variable, in: variables)
    }
    // Before they are joined, so that a word that doubles itself cannot take all memory.
    guard fragments.reduce(0, { $0 + $1.text.utf8.count }) <= Self.longest else {
      throw SyntaxError(.tooLong(limit: Self.longest), at: range)
    }
    let text = fragments.count == 1 ? fragments[0].text : fragments.map(\.text).joined()
    arguments.append(Argument(text, range: range, origin: fragments))
  }
}

extension Fragment {
  fileprivate func value(
    of variable: Variable,
    in variables: some VariableLookup
  ) throws(SyntaxError) -> String {
    switch variable {
    case .allArguments:
      return variables.arguments.joined(separator: " ")
    case .argumentCount:
      return String(variables.arguments.count)
    case .argument(let number):
      let arguments = variables.arguments
      if arguments.indices.contains(number &- 1) { return arguments[number - 1] }
      throw SyntaxError(.noSuchArgument(spelling: text, given: arguments.count), at: range)
    case .named(let name):
      if let value = variables.value(of: variable) { return value }
      let nearest = Suggestion.nearest(to: name, among: variables.names).first
      throw SyntaxError(.unset(name: name, nearest: nearest), at: range)
    case .lastSpawned:
      if let value = variables.value(of: variable) { return value }
      throw SyntaxError(.nothingSpawned, at: range)
    case .status:
      if let value = variables.value(of: variable) { return value }
      throw SyntaxError(.noStatus, at: range)
    }
  }
}
