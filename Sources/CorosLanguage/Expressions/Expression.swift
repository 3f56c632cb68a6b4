/// A condition on the state of the session, as `assert` checks it.
///
///     condition  = all { "or" all }
///     all        = negation { "and" negation }
///     negation   = "not" negation | comparison
///     comparison = sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum ]
///     sum        = product { ( "+" | "-" ) product }
///     product    = value { ( "*" | "/" | "%" ) value }
///     value      = number | word | word "(" [ value { "," value } ] ")" | "(" condition ")"
///
/// A word that the environment knows as a name has that name's value; any other word stands for itself.
/// Operators are recognized in bare text only: quoted text and values of variables are always whole words. Those of
/// arithmetic stand between blanks, since names may contain them, as `fork-1` does.
package struct Expression: Equatable, Sendable {
  package let root: Node
  /// The line that contains it, for messages.
  package let line: String

  /// A part of the expression, with its place.
  package struct Node: Equatable, Sendable {
    package let kind: Kind
    package let range: SourceRange
  }

  /// Chains of `and` and `or` are flat, so long chains do not make deep trees.
  package indirect enum Kind: Equatable, Sendable {
    case value(ExpressionValue)
    case word(String)
    case call(String, [Node])
    case comparison(Node, Comparison, Node)
    case arithmetic(Node, Arithmetic, Node)
    case not(Node)
    case all([Node])
    case any([Node])
  }

  package enum Arithmetic: String, CaseIterable, Equatable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case dividedBy = "/"
    case modulo = "%"
  }

  package enum Comparison: String, Equatable, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Parses the arguments of a command as one expression.
  ///
  /// - Parameters:
  ///   - arguments: The expanded arguments, without the command's name.
  ///   - line: The line that they come from.
  /// - Throws: The leftmost problem, with its place and a hint.
  package init(
    parsing arguments: some Sequence<Argument>,
    in line: String
  ) throws(ExpressionError) {
    var lexer = ExpressionLexer()
    for argument in arguments {
      try lexer.read(argument)
    }
    var parser = ExpressionParser(tokens: lexer.tokens, lineEnd: line.utf8.count)
    self.root = try parser.expression()
    self.line = line
  }

  /// The source text at a place, shortened for a message.
  package func source(at range: SourceRange) -> String {
    let utf8 = line.utf8
    let bytes = utf8.dropFirst(range.lowerBound).prefix(range.count)
    return excerpt(of: String(decoding: bytes, as: UTF8.self), limit: 60)
  }
}
