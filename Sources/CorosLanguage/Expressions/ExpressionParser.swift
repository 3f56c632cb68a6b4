/// A recursive descent parser over the tokens of an expression, with one function for each rule of its
/// grammar.
struct ExpressionParser {
  /// The limit on nesting of parentheses and `not`: far more than anyone needs, far less than a stack holds.
  static let deepest = 100

  private let tokens: [ExpressionToken]
  private let lineEnd: Int
  private var index = 0
  private var depth = 0

  init(tokens: [ExpressionToken], lineEnd: Int) {
    self.tokens = tokens
    self.lineEnd = lineEnd
  }

  /// The whole expression.
  ///
  /// Nothing may follow it.
  mutating func expression() throws(ExpressionError) -> Expression.Node {
    guard !tokens.isEmpty else { throw ExpressionError(.empty, at: endPlace) }
    let node = try condition()
    if let rest = current {
      throw ExpressionError(.unexpected(rest.kind.text), at: rest.range)
    }
    return node
  }

  /// Reads `condition = all { "or" all }`.
  private mutating func condition() throws(ExpressionError) -> Expression.Node {
    var nodes = [try all()]
    while takeKeyword("or") != nil { nodes.append(try all()) }
    return Self.joined(nodes) { .any($0) }
  }

  /// Reads `all = negation { "and" negation }`.
  private mutating func all() throws(ExpressionError) -> Expression.Node {
    var nodes = [try negation()]
    while takeKeyword("and") != nil { nodes.append(try negation()) }
    return Self.joined(nodes) { .all($0) }
  }

  private static func joined(
    _ nodes: [Expression.Node],
    as kind: ([Expression.Node]) -> Expression.Kind
  ) -> Expression.Node {
    guard nodes.count > 1, let first = nodes.first, let last = nodes.last else { return nodes[0] }
    return Expression.Node(
      kind: kind(nodes),
      range: first.range.lowerBound..<last.range.upperBound
    )
  }

  /// Reads `negation = "not" negation | comparison`.
  private mutating func negation() throws(ExpressionError) -> Expression.Node {
    guard let word = takeKeyword("not") else { return try comparison() }
    try descend(at: word.range)
    defer { depth -= 1 }
    let node = try negation()
    return Expression.Node(
      kind: .not(node),
      range: word.range.lowerBound..<node.range.upperBound
    )
  }

  /// Reads `comparison = sum [ operator sum ]`.
  private mutating func comparison() throws(ExpressionError) -> Expression.Node {
    let left = try sum()
    guard let comparison = takeComparison() else { return left }
    let right = try sum()
    if let next = current, case .comparison = next.kind {
      throw ExpressionError(.chainedComparison, at: next.range)
    }
    return Expression.Node(
      kind: .comparison(left, comparison, right),
      range: left.range.lowerBound..<right.range.upperBound
    )
  }

  /// Reads `sum = product { ( "+" | "-" ) product }`.
  private mutating func sum() throws(ExpressionError) -> Expression.Node {
    var node = try product()
    var terms = 0
    while let sign = takeSign([.plus, .minus]) {
      terms += 1
      try limit(terms, at: node.range)
      node = Self.joined(node, sign, try product())
    }
    return node
  }

  /// Reads `product = value { ( "*" | "/" | "%" ) value }`.
  private mutating func product() throws(ExpressionError) -> Expression.Node {
    var node = try value()
    var terms = 0
    while let sign = takeSign([.times, .dividedBy, .modulo]) {
      terms += 1
      try limit(terms, at: node.range)
      node = Self.joined(node, sign, try value())
    }
    return node
  }

  /// Fails if a chain of operators would make too deep a tree.
  private func limit(_ terms: Int, at place: SourceRange) throws(ExpressionError) {
    guard terms <= Self.deepest else {
      throw ExpressionError(.nestedTooDeeply(limit: Self.deepest), at: place)
    }
  }

  private static func joined(
    _ left: Expression.Node,
    _ sign: Expression.Arithmetic,
    _ right: Expression.Node
  ) -> Expression.Node {
    Expression.Node(
      kind: .arithmetic(left, sign, right),
      range: left.range.lowerBound..<right.range.upperBound
    )
  }

  private mutating func takeSign(_ signs: [Expression.Arithmetic]) -> Expression.Arithmetic? {
    guard case .arithmetic(let sign)? = current?.kind, signs.contains(sign) else { return nil }
    index += 1
    return sign
  }

  /// Reads `value = number | word | word "(" [ value { "," value } ] ")" | "(" condition ")"`.
  private mutating func value() throws(ExpressionError) -> Expression.Node {
    guard let token = current else { throw ExpressionError(.missingValue, at: endPlace) }
    switch token.kind {
    case .open:
      return try parenthesized()
    case .text(let text):
      index += 1
      return Expression.Node(kind: .value(.string(text)), range: token.range)
    case .value(let text):
      index += 1
      let number = try Self.integer(text, at: token.range)
      return Expression.Node(kind: .value(number ?? .string(text)), range: token.range)
    case .word("and"), .word("or"), .word("not"), .comparison, .arithmetic, .close, .comma:
      throw ExpressionError(.missingValue, at: token.range)
    case .word(let word):
      index += 1
      if current?.kind == .open { return try call(word, at: token.range) }
      return try Self.word(word, at: token.range)
    }
  }

  private mutating func parenthesized() throws(ExpressionError) -> Expression.Node {
    let open = tokens[index].range
    try descend(at: open)
    defer { depth -= 1 }
    index += 1
    let node = try condition()
    let close = try closing(open)
    return Expression.Node(kind: node.kind, range: open.lowerBound..<close.upperBound)
  }

  private mutating func call(
    _ function: String,
    at name: SourceRange
  ) throws(ExpressionError) -> Expression.Node {
    let open = tokens[index].range
    try descend(at: open)
    defer { depth -= 1 }
    index += 1
    var arguments: [Expression.Node] = []
    if current?.kind != .close {
      repeat { arguments.append(try sum()) } while take(.comma)
    }
    let close = try closing(open)
    return Expression.Node(
      kind: .call(function, arguments),
      range: name.lowerBound..<close.upperBound
    )
  }

  private mutating func closing(_ open: SourceRange) throws(ExpressionError) -> SourceRange {
    guard let token = current else { throw ExpressionError(.unclosedParenthesis, at: open) }
    guard token.kind == .close else {
      throw ExpressionError(.unexpected(token.kind.text), at: token.range)
    }
    index += 1
    return token.range
  }

  private static func word(
    _ text: String,
    at range: SourceRange
  ) throws(ExpressionError) -> Expression.Node {
    let kind: Expression.Kind =
      switch text {
      case "true": .value(.truth(true))
      case "false": .value(.truth(false))
      default:
        try (integer(text, at: range) ?? decimal(text)).map { .value($0) } ?? .word(text)
      }
    return Expression.Node(kind: kind, range: range)
  }

  /// The number that the text spells, or nil if it is not a number.
  private static func integer(
    _ text: String,
    at range: SourceRange
  ) throws(ExpressionError) -> ExpressionValue? {
    let isSigned = text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
    let digits = text.utf8.dropFirst(isSigned ? 1 : 0)
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    // The digits are counted first, because Int's parser is slow on millions of them.
    guard digits.drop(while: { $0 == UInt8(ascii: "0") }).count < 20, let number = Int(text) else {
      throw ExpressionError(.overflow(text), at: range)
    }
    return .integer(number)
  }

  /// The number with a fraction that the text spells, or nil if it is none.
  private static func decimal(_ text: String) -> ExpressionValue? {
    let parts = text.utf8.drop { $0 == UInt8(ascii: "-") }
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard text.utf8.count < 32, parts.count == 2,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) })
    else { return nil }
    return Double(text).map { .decimal($0) }
  }

  // MARK: - Moving through the tokens

  private var current: ExpressionToken? {
    index < tokens.count ? tokens[index] : nil
  }

  /// The place just after the last token: where something is missing at the end.
  private var endPlace: SourceRange {
    let end = tokens.last?.range.upperBound ?? lineEnd
    return end..<end
  }

  private mutating func take(_ kind: ExpressionToken.Kind) -> Bool {
    guard current?.kind == kind else { return false }
    index += 1
    return true
  }

  private mutating func takeKeyword(_ keyword: String) -> ExpressionToken? {
    guard let token = current, token.kind == .word(keyword) else { return nil }
    index += 1
    return token
  }

  private mutating func takeComparison() -> Expression.Comparison? {
    guard let token = current, case .comparison(let comparison) = token.kind else { return nil }
    index += 1
    return comparison
  }

  private mutating func descend(at place: SourceRange) throws(ExpressionError) {
    guard depth < Self.deepest else {
      throw ExpressionError(.nestedTooDeeply(limit: Self.deepest), at: place)
    }
    depth += 1
  }
}
