import CorosLanguage

extension Compiler {
  /// Finds out what a place is, and works out its index.
  mutating func resolve(_ place: PlaceSyntax) throws(ProgramError) -> ResolvedPlace {
    switch try binding(place.name) {
    case .local(let register, let kind):
      if let index = place.index { throw notAnArray(place, index) }
      return .local(register, kind)
    case .cells(let symbol, let isTruth, let element):
      let index = try self.index(of: place, symbol, element)
      return .cell(symbol: symbol, index: index, isTruth: isTruth)
    case .object(let kind, let symbol, let element):
      let index = try self.index(of: place, symbol, element)
      return .object(kind, symbol: symbol, index: index)
    case .parameter(let use):
      if let index = place.index { _ = try numeric(index) }
      return .parameter(use, isIndexed: place.index != nil)
    }
  }

  /// The register of the index of a place; none for what is no array.
  private mutating func index(
    of place: PlaceSyntax,
    _ symbol: Int32,
    _ element: Int32?
  ) throws(ProgramError) -> Int32 {
    let found = parts.symbols[Int(symbol)]
    if !found.isArray || element != nil {
      if let index = place.index { throw notAnArray(place, index) }
      return element ?? Instruction.none
    }
    guard let index = place.index else {
      throw ProgramError(
        "`\(place.name.text)` is an array: say which element",
        at: place.range,
        hint: "for example `\(place.name.text)[0]`"
      )
    }
    let register = try numeric(index).register
    if let number = known(register), !found.elements.indices.contains(number) {
      throw ProgramError(
        "`\(place.name.text)` has no element \(number)",
        at: index.range,
        hint: "its elements go from 0 to \(found.elements.count - 1)"
      )
    }
    return register
  }

  private func notAnArray(_ place: PlaceSyntax, _ index: FormulaSyntax) -> ProgramError {
    ProgramError(
      "`\(place.name.text)` is no array",
      at: index.range,
      hint: "write `\(place.name.text)` alone"
    )
  }

  /// The object of a call, of one of some kinds.
  mutating func object(
    _ place: PlaceSyntax,
    _ kinds: [ObjectKind],
    for verb: String
  ) throws(ProgramError) -> (kind: ObjectKind, symbol: Int32, index: Int32)? {
    let wanted = kinds.map { Self.article($0) }.joined(separator: " or ")
    switch try resolve(place) {
    case .object(let kind, let symbol, let index):
      guard kinds.contains(kind) else {
        throw ProgramError(
          "`\(verb)` needs \(wanted), and `\(place.name.text)` is \(Self.article(kind))",
          at: place.range
        )
      }
      return (kind, symbol, index)
    case .parameter(let use, _):
      try note(use, .object(kinds), at: place.range)
      return nil
    case .local, .cell:
      throw ProgramError(
        "`\(verb)` needs \(wanted), and `\(place.name.text)` is a value",
        at: place.range,
        hint: "declare it first: `\(kinds[0].rawValue) NAME`"
      )
    }
  }

  static func article(_ kind: ObjectKind) -> String {
    (kind == .event ? "an " : "a ") + kind.rawValue
  }

  /// Notes what a parameter of a procedure is used as.
  func note(
    _ use: ParameterUse,
    _ shape: ParameterUse.Shape,
    at range: SourceRange
  ) throws(ProgramError) {
    if let before = use.use(as: shape) {
      throw ProgramError(
        "`\(use.name)` cannot be this here: before it is \(before)",
        at: range
      )
    }
  }

  // MARK: Assignments

  /// Stores a value; the place has been resolved before.
  mutating func store(
    _ operand: Operand,
    in place: ResolvedPlace,
    _ syntax: PlaceSyntax,
    _ range: SourceRange
  ) throws(ProgramError) {
    switch place {
    case .local(let register, let kind):
      try unify(operand.kind, kind, at: range)
      try emit(.move, register, operand.register, at: syntax.range)
    case .cell(let symbol, let index, let isTruth):
      try unify(operand.kind, ValueKind(isTruth: isTruth), at: range)
      try emit(.write, operand.register, symbol, index, at: syntax.range)
    case .parameter(let use, let isIndexed):
      try note(use, isIndexed ? .array : .value, at: syntax.range)
      try unify(operand.kind, use.kind, at: range)
    case .object(let kind, _, _):
      throw ProgramError(
        "`\(syntax.name.text)` is \(Self.article(kind)), not a value",
        at: syntax.range
      )
    }
  }

  /// Reads what is in a place.
  mutating func load(
    _ place: ResolvedPlace,
    _ syntax: PlaceSyntax
  ) throws(ProgramError) -> Operand {
    switch place {
    case .local(let register, let kind): return Operand(register: register, kind: kind)
    case .cell(let symbol, let index, let isTruth):
      if !touched.contains(symbol) { touched.append(symbol) }
      let register = allocate()
      try emit(.read, register, symbol, index, at: syntax.range)
      return Operand(register: register, kind: ValueKind(isTruth: isTruth))
    case .parameter(let use, let isIndexed):
      try note(use, isIndexed ? .array : .value, at: syntax.range)
      touchesParameter = true
      return Operand(register: use.register, kind: use.kind)
    case .object(let kind, _, _):
      throw ProgramError(
        "`\(syntax.name.text)` is \(Self.article(kind)), not a value",
        at: syntax.range,
        hint: "use it with the words for \(kind.rawValue)s, as in `help program`"
      )
    }
  }

  func unify(
    _ left: ValueKind,
    _ right: ValueKind,
    at range: SourceRange
  ) throws(ProgramError) {
    if left.unify(with: right) { return }
    throw ProgramError(
      right.isTruth
        ? "a truth value belongs here, and this is a number"
        : "a number belongs here, and this is true or false",
      at: range,
      hint: right.isTruth ? "compare it, as in `n != 0`" : ""
    )
  }
}
