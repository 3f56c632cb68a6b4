extension ProgramParser {
  /// Reads `block = "{" { statement ( ";" | newline ) } "}"`.
  ///
  /// - Parameter what: What the block belongs to, for the error that it is missing.
  /// - Returns: The statements.
  /// - Throws: The first problem in it.
  mutating func block(_ what: String) throws(ProgramError) -> BlockSyntax {
    skipLines()
    let start = current.range
    guard take("{") else {
      throw unexpected("the block \(what) is missing here", hint: "put its statements in { }")
    }
    try descend()
    defer { depth -= 1 }
    var statements: [StatementSyntax] = []
    while true {
      skipSeparators()
      if take("}") { break }
      if current.kind == .end {
        throw ProgramError("this `{` is never closed", at: start, hint: "add a `}`")
      }
      statements.append(try statement())
      guard [.separator, .end, .symbol("}")].contains(current.kind) else {
        throw unexpected(
          "a statement ends before this",
          hint: "put a `;` or a new line between two statements"
        )
      }
    }
    let end = tokens[index - 1].range.upperBound
    return BlockSyntax(statements: statements, range: start.lowerBound..<end)
  }

  /// Lets `{` and `else` stand on a line of their own.
  private mutating func skipLines() {
    var ahead = index
    while tokens[ahead].kind == .separator { ahead += 1 }
    if tokens[ahead].kind == .symbol("{") { index = ahead }
  }

  private mutating func takeElse() -> Bool {
    var ahead = index
    while tokens[ahead].kind == .separator { ahead += 1 }
    guard tokens[ahead].kind == .word("else") else { return false }
    index = ahead + 1
    return true
  }

  private mutating func statement() throws(ProgramError) -> StatementSyntax {
    let start = current.range
    guard case .word(let word) = current.kind else {
      throw unexpected("a statement begins with a word or a name")
    }
    let kind =
      ProgramWords.reserved.contains(word)
      ? try keyword(word) : try assignment()
    return StatementSyntax(kind: kind, range: start)
  }

  private mutating func keyword(_ word: String) throws(ProgramError) -> StatementSyntax.Kind {
    if let call = try call(word) { return .call(call) }
    let start = current.range
    index += 1
    switch word {
    case "var": return try declarations()
    case "if": return try branch()
    case "while": return .whileLoop(try formula(), try block("of the loop"))
    case "repeat": return .repeatLoop(try formula(), try block("of the loop"))
    case "loop": return .loop(try block("of the loop"))
    case "break": return .leaveLoop
    case "atomic": return .atomic(try block("of atomic"))
    case "await": return .await(try formula())
    case "when": return .when(try formula(), try block("of when"))
    case "critical":
      var name: ProgramName?
      if case .word = current.kind { name = try self.name("a name") }
      return .critical(name, try block("of the section"))
    case "assert": return .assert(try formula())
    case "write": return .write(try parts())
    case "exit": return .exit(isAtEndOfStatement ? nil : try formula())
    case "shield": return .shield(try block("of shield"))
    case "group": return .group(try block("of the group"))
    case "within":
      let ticks = try formula()
      let body = try block("of within")
      return .within(ticks, body, takeElse() ? try block("of else") : nil)
    case "select": return .select(try branches())
    case "else":
      throw ProgramError("this `else` belongs to no `if`", at: start)
    default:
      throw ProgramError(
        "`\(word)` begins no statement",
        at: start,
        hint: ProgramWords.definitions.contains(word)
          ? "definitions stand outside programs" : ""
      )
    }
  }

  var isAtEndOfStatement: Bool {
    [.separator, .end, .symbol("}")].contains(current.kind)
  }

  /// Reads what follows `var`: one variable, or several with commas between them.
  private mutating func declarations() throws(ProgramError) -> StatementSyntax.Kind {
    var all: [StatementSyntax] = []
    repeat {
      let start = current.range
      all.append(StatementSyntax(kind: try declaration(), range: start))
    } while take(",")
    return all.count == 1 ? all[0].kind : .several(all)
  }

  private mutating func declaration() throws(ProgramError) -> StatementSyntax.Kind {
    let name = try self.name("the name of a variable")
    guard take("=") else { return .declare(name, nil) }
    if case .word(let word) = current.kind, let call = try call(word) {
      // A new task's id is a value like others.
      if case .spawn(let spawn) = call.kind {
        let formula = FormulaSyntax(kind: .spawn(spawn), range: call.range)
        return .declare(name, formula)
      }
      return .declareByCall(name, call)
    }
    return .declare(name, try formula())
  }

  private mutating func assignment() throws(ProgramError) -> StatementSyntax.Kind {
    let place = try self.place()
    switch current.kind {
    case .symbol("="):
      index += 1
      return .assign(place, try formula())
    case .symbol("+="):
      index += 1
      return .change(place, .add, try formula())
    case .symbol("-="):
      index += 1
      return .change(place, .subtract, try formula())
    case .symbol("(") where place.index == nil:
      return .procedure(place.name, try arguments())
    case .symbol("=="):
      throw unexpected("`==` compares, and changes nothing", hint: "write = to assign")
    default:
      let question = Suggestion.question(for: place.name.text, among: ProgramWords.statements)
      throw ProgramError(
        "`\(excerpt(of: place.name.text))` begins no statement",
        at: place.name.range,
        hint: question ?? "assign to it with =, or call a procedure with ( )"
      )
    }
  }

  private mutating func branch() throws(ProgramError) -> StatementSyntax.Kind {
    let condition = try formula()
    let body = try block("of if")
    guard takeElse() else { return .branch(condition, body, nil) }
    guard current.kind == .word("if") else {
      return .branch(condition, body, try block("of else"))
    }
    try descend()
    defer { depth -= 1 }
    let start = current.range
    index += 1
    let inner = StatementSyntax(kind: try branch(), range: start)
    let end = tokens[index - 1].range.upperBound
    return .branch(
      condition,
      body,
      BlockSyntax(statements: [inner], range: start.lowerBound..<end)
    )
  }

  private mutating func parts() throws(ProgramError) -> [StatementSyntax.WritePart] {
    var parts: [StatementSyntax.WritePart] = []
    repeat {
      if case .text(let text) = current.kind {
        index += 1
        parts.append(.text(text))
      } else {
        parts.append(.formula(try formula()))
      }
      _ = take(",")
    } while !isAtEndOfStatement
    return parts
  }

  private mutating func branches() throws(ProgramError) -> [StatementSyntax.SelectBranch] {
    skipLines()
    let start = current.range
    try expect("{", "the alternatives of select are missing here")
    try descend()
    defer { depth -= 1 }
    var branches: [StatementSyntax.SelectBranch] = []
    while true {
      skipSeparators()
      if take("}") { break }
      branches.append(try selectBranch())
    }
    guard !branches.isEmpty else {
      throw ProgramError("a select needs an alternative", at: start)
    }
    return branches
  }

  private mutating func selectBranch() throws(ProgramError) -> StatementSyntax.SelectBranch {
    let start = current.range
    let kind: StatementSyntax.SelectBranch.Kind
    if take(word: "receive") {
      kind = .receive(try place(), try place())
    } else if take(word: "send") {
      kind = .send(try place(), try formula())
    } else if take(word: "down") {
      kind = .down(try place())
    } else if take(word: "wait") {
      kind = .wait(try place())
    } else if take(word: "after") {
      kind = .after(try formula())
    } else if take(word: "otherwise") {
      kind = .otherwise
    } else {
      throw unexpected(
        "this begins no alternative",
        hint: "one of receive, send, down, wait, after, otherwise"
      )
    }
    return .init(kind: kind, body: try block("of the alternative"), range: start)
  }

  // MARK: Calls

  /// Reads a call of the kernel, if the word begins one.
  private mutating func call(_ word: String) throws(ProgramError) -> CallSyntax? {
    let start = current.range
    let kind: CallSyntax.Kind
    switch word {
    case "send":
      index += 1
      kind = .send(try place(), try formula())
    case "receive":
      index += 1
      kind = .receive(try place(), try place())
    case "yield":
      index += 1
      kind = .yield
    case "sleep":
      index += 1
      kind = .sleep(try formula())
    case "cancel":
      index += 1
      kind = .cancel(try formula())
    case "tell":
      index += 1
      kind = .tell(try operand(), try formula())
    case "hear":
      index += 1
      let target = try place()
      kind = .hear(target, from: take(word: "from") ? try operand() : nil)
    case "spawn":
      index += 1
      kind = .spawn(try spawning())
    case "wait":
      index += 1
      let target = try formula()
      if case .place(let place) = target.kind {
        kind = .object(.wait, place)
      } else {
        kind = .waitTask(target)
      }
    default:
      guard let verb = CallSyntax.Verb(rawValue: word) else { return nil }
      index += 1
      kind = .object(verb, try place())
    }
    let within = take(word: "within") ? try formula() : nil
    let end = tokens[index - 1].range.upperBound
    return CallSyntax(kind: kind, within: within, range: start.lowerBound..<end)
  }
}
