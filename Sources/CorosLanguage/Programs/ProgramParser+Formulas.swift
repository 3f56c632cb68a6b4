extension ProgramParser {
  /// Reads `formula = all { "or" all }`.
  mutating func formula() throws(ProgramError) -> FormulaSyntax {
    try descend()
    defer { depth -= 1 }
    if depth == 1 { operators = 0 }
    var left = try all()
    while take(word: "or") { left = try joined(left, .or, try all()) }
    return left
  }

  /// Reads `all = negation { "and" negation }`.
  private mutating func all() throws(ProgramError) -> FormulaSyntax {
    var left = try negation()
    while take(word: "and") { left = try joined(left, .and, try negation()) }
    return left
  }

  /// Reads `negation = "not" negation | comparison`.
  private mutating func negation() throws(ProgramError) -> FormulaSyntax {
    let start = current.range.lowerBound
    guard take(word: "not") else { return try comparison() }
    try descend()
    defer { depth -= 1 }
    let part = try negation()
    return FormulaSyntax(kind: .not(part), range: start..<part.range.upperBound)
  }

  private static let comparisons: [String: FormulaSyntax.Operator] = [
    "==": .equal, "!=": .unequal, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual,
  ]

  /// Reads `comparison = sum [ operator sum ]`.
  private mutating func comparison() throws(ProgramError) -> FormulaSyntax {
    let left = try sum()
    if current.kind == .symbol("=") {
      throw unexpected("a single `=` compares nothing", hint: "write == for equal")
    }
    guard let sign = takeOperator(Self.comparisons) else { return left }
    let result = try joined(left, sign, try sum())
    if case .symbol(let symbol) = current.kind, Self.comparisons[symbol] != nil {
      throw unexpected("a comparison has only two sides", hint: "join two comparisons with and")
    }
    return result
  }

  private mutating func sum() throws(ProgramError) -> FormulaSyntax {
    var left = try product()
    while let sign = takeOperator(["+": .add, "-": .subtract]) {
      left = try joined(left, sign, try product())
    }
    return left
  }

  private mutating func product() throws(ProgramError) -> FormulaSyntax {
    var left = try operand()
    while let sign = takeOperator(["*": .multiply, "/": .divide, "%": .remainder]) {
      left = try joined(left, sign, try operand())
    }
    return left
  }

  private mutating func takeOperator(
    _ table: [String: FormulaSyntax.Operator]
  ) -> FormulaSyntax.Operator? {
    guard case .symbol(let symbol) = current.kind, let sign = table[symbol] else { return nil }
    index += 1
    return sign
  }

  private mutating func joined(
    _ left: FormulaSyntax,
    _ sign: FormulaSyntax.Operator,
    _ right: FormulaSyntax
  ) throws(ProgramError) -> FormulaSyntax {
    operators += 1
    guard operators <= Self.mostOperators else {
      throw ProgramError(
        "this expression is too long",
        at: right.range,
        hint: "at most \(Self.mostOperators) operators are allowed"
      )
    }
    return FormulaSyntax(
      kind: .binary(sign, left, right),
      range: left.range.lowerBound..<right.range.upperBound
    )
  }

  /// Reads a number, a truth value, a place, a word such as `me`, or something in parentheses.
  mutating func operand() throws(ProgramError) -> FormulaSyntax {
    let start = current.range
    func made(_ kind: FormulaSyntax.Kind, to end: Int) -> FormulaSyntax {
      FormulaSyntax(kind: kind, range: start.lowerBound..<end)
    }
    switch current.kind {
    case .number(let number):
      index += 1
      return made(.number(number), to: start.upperBound)
    case .word("true"), .word("false"):
      let isTrue = current.kind == .word("true")
      index += 1
      return made(.truth(isTrue), to: start.upperBound)
    case .word("me"), .word("tick"):
      let isMe = current.kind == .word("me")
      index += 1
      return made(isMe ? .me : .tick, to: start.upperBound)
    case .word("choose"):
      index += 1
      let least = try sum()
      try expect("..", "choose needs two numbers", hint: "for example `choose 1 .. 6`")
      let most = try sum()
      return made(.choose(least, most), to: most.range.upperBound)
    case .word("spawn"):
      index += 1
      let spawn = try spawning()
      return made(.spawn(spawn), to: tokens[index - 1].range.upperBound)
    case .symbol("-"):
      index += 1
      try descend()
      defer { depth -= 1 }
      let part = try operand()
      return made(.negative(part), to: part.range.upperBound)
    case .symbol("("):
      index += 1
      let inner = try formula()
      try expect(")", "this `(` is never closed")
      return made(inner.kind, to: tokens[index - 1].range.upperBound)
    case .word(let word) where !ProgramWords.reserved.contains(word):
      let place = try self.place()
      if current.kind == .symbol("("), current.range.lowerBound == place.range.upperBound {
        throw unexpected(
          "a procedure has no value",
          hint: "call it in a statement of its own"
        )
      }
      return made(.place(place), to: place.range.upperBound)
    default:
      throw unexpected(
        "a value is missing here",
        hint: "write a number, true, false, a name, or an expression in parentheses"
      )
    }
  }

  /// Reads `NAME [ "(" formula { "," formula } ")" ] [ "as" "servant" ]` after `spawn`.
  mutating func spawning() throws(ProgramError) -> SpawnSyntax {
    let name = try self.name("the name of a program")
    let arguments = current.kind == .symbol("(") ? try self.arguments() : []
    let isServant = take(word: "as")
    if isServant, !take(word: "servant") {
      throw unexpected("a task is spawned `as servant`, or as nothing")
    }
    return SpawnSyntax(name: name, arguments: arguments, isServant: isServant)
  }

  /// Reads `"(" [ formula { "," formula } ] ")"`.
  mutating func arguments() throws(ProgramError) -> [FormulaSyntax] {
    try expect("(", "arguments are missing here")
    if take(")") { return [] }
    var all = [try formula()]
    while take(",") { all.append(try formula()) }
    try expect(")", "this `(` is never closed")
    return all
  }

  /// Reads `NAME [ "[" formula "]" ]`.
  mutating func place() throws(ProgramError) -> PlaceSyntax {
    let name = try self.name("a name")
    guard take("[") else { return PlaceSyntax(name: name, index: nil, range: name.range) }
    let index = try formula()
    try expect("]", "this `[` is never closed")
    let end = tokens[self.index - 1].range.upperBound
    return PlaceSyntax(name: name, index: index, range: name.range.lowerBound..<end)
  }
}
