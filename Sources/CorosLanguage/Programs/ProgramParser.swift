/// A recursive descent parser for definitions.
///
/// This file has the definitions; the statements and the expressions are in files of their own.
struct ProgramParser {
  /// How deep blocks and parentheses may be nested: more than anyone needs, less than a stack holds.
  static let deepest = 60
  /// The most operators of one expression.
  static let mostOperators = 200

  let tokens: [ProgramToken]
  var index = 0
  var depth = 0
  var operators = 0

  /// The most cells of an array, or objects.
  static let mostElements = 10_000

  init(_ text: String) throws(ProgramError) {
    tokens = try ProgramLexer.tokens(of: text)
  }

  mutating func definitions() throws(ProgramError) -> [Definition] {
    var found: [Definition] = []
    while true {
      skipSeparators()
      if current.kind == .end { return found }
      found.append(try definition())
      guard [.separator, .end].contains(current.kind) else {
        throw unexpected("a definition ends here", hint: "put a `;` or a new line between two")
      }
    }
  }

  private mutating func definition() throws(ProgramError) -> Definition {
    guard case .word(let word) = current.kind else {
      throw unexpected("a definition begins with a word", hint: Self.definitionHint)
    }
    let place = current.range
    switch word {
    case "shared":
      index += 1
      return .shared(try list { (parser) throws(ProgramError) in try parser.sharedDeclaration() })
    case "program", "procedure":
      index += 1
      let routine = try self.routine(word)
      return word == "program" ? .program(routine) : .procedure(routine)
    case "use":
      index += 1
      let name = try self.name("the name of a procedure")
      try expect("=", "use needs a second procedure", hint: "for example `use take = ticket_take`")
      return .use(name, try self.name("the name of a procedure"))
    case "always", "finally":
      index += 1
      if take(word: "off") { return .check(isFinal: word == "finally", nil) }
      return .check(isFinal: word == "finally", try formula())
    default:
      guard let kind = ObjectKind(rawValue: word) else {
        let hint = Suggestion.question(for: word, among: ProgramWords.definitions)
        throw ProgramError(
          "`\(excerpt(of: word))` begins no definition",
          at: place,
          hint: hint ?? Self.definitionHint
        )
      }
      index += 1
      return .objects(
        try list { (parser) throws(ProgramError) in try parser.object(of: kind) }
      )
    }
  }

  private static let definitionHint =
    "one of \(ProgramWords.definitions.joined(separator: ", "))"

  private mutating func list<Element>(
    _ element: (inout ProgramParser) throws(ProgramError) -> Element
  ) throws(ProgramError) -> [Element] {
    var all = [try element(&self)]
    while take(",") {
      skipSeparators()
      all.append(try element(&self))
    }
    return all
  }

  private mutating func sharedDeclaration() throws(ProgramError) -> SharedDeclaration {
    let name = try self.name("a name")
    let count = try self.count()
    guard take("=") else {
      return SharedDeclaration(name: name, count: count, value: 0, isTruth: false)
    }
    switch current.kind {
    case .word("true"), .word("false"):
      let isTrue = current.kind == .word("true")
      index += 1
      return SharedDeclaration(name: name, count: count, value: isTrue ? 1 : 0, isTruth: true)
    default:
      let value = try wholeNumber("a shared name begins with a number, true or false")
      return SharedDeclaration(name: name, count: count, value: value, isTruth: false)
    }
  }

  private mutating func object(of kind: ObjectKind) throws(ProgramError) -> ObjectDeclaration {
    var object = ObjectDeclaration(
      kind: kind,
      name: try name("a name for the \(kind.rawValue)"),
      count: try count()
    )
    switch kind {
    case .semaphore:
      if take("=") { object.number = try wholeNumber("a semaphore begins with a number", from: 0) }
      if take(word: "max") {
        let place = current.range
        let maximum = try wholeNumber("max needs a number", from: 1)
        guard maximum >= object.number else {
          throw ProgramError(
            "a semaphore of at most \(maximum) cannot begin with \(object.number)",
            at: place
          )
        }
        object.maximum = maximum
      }
    case .condition:
      guard take(word: "on") else {
        throw unexpected(
          "a condition belongs to a mutex",
          hint: "for example `condition \(object.name.text) on m`"
        )
      }
      object.mutex = try name("the name of a mutex")
    case .channel:
      if case .number = current.kind {
        object.number = try wholeNumber("a channel has room for a number of values", from: 0)
      }
    case .barrier:
      object.number = try wholeNumber(
        "a barrier needs the number of tasks that meet there",
        from: 1,
        hint: "for example `barrier \(object.name.text) 3`"
      )
    case .mutex, .event, .rwlock: break
    }
    return object
  }

  /// Reads `[ "[" N "]" ]`.
  private mutating func count() throws(ProgramError) -> Int? {
    guard take("[") else { return nil }
    let place = current.range
    let count = try wholeNumber("an array needs a number of elements", from: 1)
    guard count <= Self.mostElements else {
      throw ProgramError(
        "an array has at most \(Self.mostElements) elements",
        at: place,
        hint: "each is something of its own that tasks can wait for"
      )
    }
    try expect("]", "this `[` is never closed")
    return count
  }

  private mutating func wholeNumber(
    _ message: String,
    from least: Int = .min,
    hint: String = ""
  ) throws(ProgramError) -> Int {
    let start = current.range
    let isNegative = take("-")
    guard case .number(let number) = current.kind else { throw unexpected(message, hint: hint) }
    let value = isNegative ? -number : number
    guard value >= least else {
      throw ProgramError(
        "\(message), \(least) or more",
        at: start.lowerBound..<current.range.upperBound
      )
    }
    index += 1
    return value
  }

  /// Reads `NAME [ "(" NAME { "," NAME } ")" ] block`.
  private mutating func routine(_ word: String) throws(ProgramError) -> RoutineSyntax {
    let name = try self.name("the name of the \(word)")
    var parameters: [ProgramName] = []
    if take("("), !take(")") {
      parameters = try list { (parser) throws(ProgramError) in
        try parser.name("the name of a parameter")
      }
      try expect(")", "this `(` is never closed")
    }
    for (index, parameter) in parameters.enumerated()
    where parameters[..<index].contains(where: { $0.text == parameter.text }) {
      throw ProgramError("two parameters are called `\(parameter.text)`", at: parameter.range)
    }
    return RoutineSyntax(name: name, parameters: parameters, body: try block("of the \(word)"))
  }

  // MARK: Moving through the tokens

  var current: ProgramToken { tokens[index] }

  mutating func skipSeparators() {
    while current.kind == .separator { index += 1 }
  }

  mutating func take(_ symbol: String) -> Bool {
    guard current.kind == .symbol(symbol) else { return false }
    index += 1
    return true
  }

  mutating func take(word: String) -> Bool {
    guard current.kind == .word(word) else { return false }
    index += 1
    return true
  }

  mutating func expect(
    _ symbol: String,
    _ message: String,
    hint: String? = nil
  ) throws(ProgramError) {
    if !take(symbol) { throw unexpected(message, hint: hint ?? "a `\(symbol)` belongs here") }
  }

  /// The error that something else belongs here.
  func unexpected(_ message: String, hint: String = "") -> ProgramError {
    ProgramError(message, at: current.range, hint: hint)
  }

  /// Reads a name.
  mutating func name(_ what: String) throws(ProgramError) -> ProgramName {
    guard case .word(let word) = current.kind else {
      if case .text = current.kind {
        throw unexpected(
          "\(what) belongs here, and this is a text",
          hint: "a name has letters, digits and `_`, no blanks and no quotation marks"
        )
      }
      throw unexpected("\(what) is missing here")
    }
    guard !ProgramWords.reserved.contains(word) else {
      throw ProgramError(
        "`\(word)` is a word of the language, so it cannot be a name",
        at: current.range,
        hint: "for example `\(word)1`"
      )
    }
    let longest = 60
    guard word.utf8.count <= longest else {
      throw ProgramError("a name has at most \(longest) characters", at: current.range)
    }
    defer { index += 1 }
    return ProgramName(text: word, range: current.range)
  }

  mutating func descend() throws(ProgramError) {
    guard depth < Self.deepest else {
      throw ProgramError(
        "this is nested too deeply",
        at: current.range,
        hint: "at most \(Self.deepest) levels are allowed"
      )
    }
    depth += 1
  }
}

extension Definition {
  /// Parses the text of definitions.
  ///
  /// - Parameter text: Any number of definitions, each after a `;` or on a line of its own.
  /// - Returns: The definitions, in order.
  /// - Throws: The first problem, with its place and a hint.
  package static func parse(_ text: String) throws(ProgramError) -> [Definition] {
    var parser = try ProgramParser(text)
    return try parser.definitions()
  }
}
