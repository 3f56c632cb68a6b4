import CorosLanguage

// Statements that are one step whole: atomic parts, conditions to wait for, assertions.

extension Compiler {
  /// Refuses what needs a step of its own, inside an atomic part.
  func refuseInAtomic(_ what: String, at range: SourceRange) throws(ProgramError) {
    guard let atomic else { return }
    throw ProgramError(
      "`\(what)` cannot be part of `\(atomic)`",
      at: range,
      hint: "all of `\(atomic)` is one step, in which nothing can wait, and no task can be made"
    )
  }

  mutating func inAtomic(
    _ name: String,
    _ body: (inout Compiler) throws(ProgramError) -> Void
  ) throws(ProgramError) {
    let before = loops
    atomic = name
    loops = []
    defer {
      atomic = nil
      loops = before
    }
    try body(&self)
  }

  mutating func waitUntil(
    _ condition: FormulaSyntax,
    _ body: BlockSyntax?,
    _ word: String,
    at range: SourceRange
  ) throws(ProgramError) {
    try refuseInAtomic(word, at: range)
    try inAtomic(word) { (compiler) throws(ProgramError) in
      let number = Int32(compiler.parts.conditions.count)
      compiler.touched = []
      compiler.touchesParameter = false
      let start = try compiler.emit(.await, 0, number, at: range)
      let operand = try compiler.condition(condition)
      let symbols = compiler.touched
      guard !symbols.isEmpty || compiler.touchesParameter else {
        throw ProgramError(
          "nothing can change this while the task waits",
          at: condition.range,
          hint: "`\(word)` needs a shared name"
        )
      }
      try compiler.emit(.test, operand.register, at: condition.range)
      compiler.parts.conditions.append(
        Code.Condition(
          text: compiler.source(condition.range),
          symbols: symbols,
          within: Instruction.none
        )
      )
      if let body {
        compiler.atomic = "when"
        try compiler.block(body)
      }
      compiler.land(start)
      try compiler.emit(.endAtomic, at: range)
    }
  }

  /// A part of the text on one line, for messages.
  func source(_ range: SourceRange) -> String {
    if lineOfCall != nil, let text = textOfProcedure { return Self.cut(text, range) }
    return Self.cut(parts.text, range)
  }

  private static func cut(_ text: String, _ range: SourceRange) -> String {
    let bytes = text.utf8.dropFirst(range.lowerBound).prefix(range.count)
    let words = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }
    return excerpt(of: words.joined(separator: " "), limit: 100)
  }

  mutating func assert(
    _ condition: FormulaSyntax,
    at range: SourceRange
  ) throws(ProgramError) {
    let number = Int32(parts.assertions.count)
    let touchedBefore = touched
    touched = []
    let start = atomic == nil ? try emit(.assert, 0, number, at: range) : nil
    let outer = atomic
    atomic = outer ?? "assert"
    var sides: (left: Int32, sign: String, right: Int32)?
    var isTruth = false
    var operand = try self.condition(condition)
    if case .binary(let sign, _, _) = condition.kind, sign != .and, sign != .or,
      let last = parts.instructions.last, last.a == operand.register
    {
      let isTurned = sign == .greater || sign == .greaterOrEqual
      sides = (isTurned ? last.c : last.b, sign.rawValue, isTurned ? last.b : last.c)
      isTruth = false
    } else if operand.register < 0 {
      // A constant has no register to be looked at.
      let register = allocate()
      try emit(.move, register, operand.register, at: condition.range)
      operand = Operand(register: register, kind: operand.kind)
    }
    atomic = outer
    try emit(.check, operand.register, number, at: condition.range)
    if case .binary(_, let left, _) = condition.kind { isTruth = isTruthValue(left) }
    parts.assertions.append(
      Code.Assertion(text: source(condition.range), sides: sides, isTruth: isTruth)
    )
    if let start {
      if touched.isEmpty {
        // It looks at nothing that others change: no step of its own.
        parts.instructions[start] = Instruction(operation: .jump, a: Int32(start) + 1)
      } else {
        land(start)
        try emit(.endAtomic, at: range)
      }
    }
    touched += touchedBefore
  }

  /// Whether an expression is a truth value, as far as its form tells.
  private mutating func isTruthValue(_ formula: FormulaSyntax) -> Bool {
    switch formula.kind {
    case .truth, .not: return true
    case .binary(let sign, _, _):
      return ![.add, .subtract, .multiply, .divide, .remainder].contains(sign)
    case .place(let place):
      switch try? binding(place.name) {
      case .local(_, let kind)?: return kind.isTruth
      case .cells(_, let isTruth, _)?: return isTruth
      default: return false
      }
    default: return false
    }
  }
}
