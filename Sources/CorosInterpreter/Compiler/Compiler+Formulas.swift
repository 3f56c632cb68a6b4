import CorosLanguage

extension Compiler {
  /// Compiles an expression whose value is a number.
  mutating func numeric(_ formula: FormulaSyntax) throws(ProgramError) -> Operand {
    let operand = try value(formula)
    try unify(operand.kind, .number, at: formula.range)
    return operand
  }

  /// Compiles an expression that is true or false.
  mutating func condition(_ formula: FormulaSyntax) throws(ProgramError) -> Operand {
    let operand = try value(formula)
    try unify(operand.kind, .truth, at: formula.range)
    return operand
  }

  /// Compiles an expression.
  mutating func value(_ formula: FormulaSyntax) throws(ProgramError) -> Operand {
    switch formula.kind {
    case .number(let number): return Operand(register: constant(number), kind: .number)
    case .truth(let truth): return Operand(register: constant(truth ? 1 : 0), kind: .truth)
    case .place(let place): return try load(try resolve(place), place)
    case .negative(let part):
      let operand = try numeric(part)
      if let number = known(operand.register) {
        return Operand(register: constant(-number), kind: .number)
      }
      return try result(.negate, operand, nil, .number, at: formula.range)
    case .not(let part):
      return try result(.not, try condition(part), nil, .truth, at: formula.range)
    case .binary(let sign, let left, let right):
      return try binary(sign, left, right, at: formula.range)
    case .me: return try asked(.askTask, at: formula.range)
    case .tick: return try asked(.askTick, at: formula.range)
    case .choose(let least, let most):
      if atomic == "await" || atomic == "when" {
        throw ProgramError("a condition to wait for cannot be left to chance", at: formula.range)
      }
      let (low, high) = (try numeric(least), try numeric(most))
      if let low = known(low.register), let high = known(high.register), low > high {
        throw ProgramError(
          "there is nothing to choose from \(low) .. \(high)",
          at: formula.range,
          hint: "the smaller number comes first"
        )
      }
      return try result(.choose, low, high, .number, at: formula.range)
    case .spawn(let spawn):
      let register = allocate()
      var call = try spawning(spawn)
      call.result = register
      try self.call(call, at: formula.range)
      return Operand(register: register, kind: .number)
    }
  }

  private mutating func asked(
    _ operation: Instruction.Operation,
    at range: SourceRange
  ) throws(ProgramError) -> Operand {
    let register = allocate()
    try emit(operation, register, at: range)
    return Operand(register: register, kind: .number)
  }

  private mutating func result(
    _ operation: Instruction.Operation,
    _ left: Operand,
    _ right: Operand?,
    _ kind: ValueKind,
    at range: SourceRange
  ) throws(ProgramError) -> Operand {
    let register = allocate()
    try emit(operation, register, left.register, right?.register ?? 0, at: range)
    return Operand(register: register, kind: kind)
  }

  private mutating func binary(
    _ sign: FormulaSyntax.Operator,
    _ left: FormulaSyntax,
    _ right: FormulaSyntax,
    at range: SourceRange
  ) throws(ProgramError) -> Operand {
    switch sign {
    case .and, .or:
      let register = allocate()
      let first = try condition(left)
      try emit(.move, register, first.register, at: left.range)
      let jump = try emit(sign == .and ? .jumpIfFalse : .jumpIfTrue, register, at: left.range)
      let second = try condition(right)
      try emit(.move, register, second.register, at: right.range)
      land(jump)
      return Operand(register: register, kind: .truth)
    case .equal, .unequal:
      let (first, second) = (try value(left), try value(right))
      try unify(second.kind, first.kind, at: right.range)
      return try result(sign == .equal ? .equal : .unequal, first, second, .truth, at: range)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let (first, second) = (try numeric(left), try numeric(right))
      let isTurned = sign == .greater || sign == .greaterOrEqual
      let isStrict = sign == .less || sign == .greater
      return try result(
        isStrict ? .less : .lessOrEqual,
        isTurned ? second : first,
        isTurned ? first : second,
        .truth,
        at: range
      )
    case .add, .subtract, .multiply, .divide, .remainder:
      let (first, second) = (try numeric(left), try numeric(right))
      if [.divide, .remainder].contains(sign), known(second.register) == 0 {
        throw ProgramError("nothing can be divided by 0", at: right.range)
      }
      return try result(Self.operations[sign] ?? .add, first, second, .number, at: range)
    }
  }

  private static let operations: [FormulaSyntax.Operator: Instruction.Operation] = [
    .add: .add, .subtract: .subtract, .multiply: .multiply, .divide: .divide,
    .remainder: .remainder,
  ]

  // MARK: Spawning

  /// The call that makes a task of a program.
  mutating func spawning(_ spawn: SpawnSyntax) throws(ProgramError) -> CallCode {
    let (name, arguments) = (spawn.name, spawn.arguments)
    if spawn.isServant, openGroups.isEmpty {
      throw ProgramError(
        "a servant needs a group that it serves",
        at: name.range,
        hint: "put the `spawn` in a `group { }`"
      )
    }
    let kinds: [ValueKind]
    if name.text == parts.name, expanding.isEmpty {
      kinds = ownKinds
    } else if case .program(let program)? = definitions.entries[name.text] {
      kinds = program.code.parameters.map { ValueKind(isTruth: $0.isTruth) }
      uses.insert(name.text)
    } else {
      let programs = definitions.order.filter {
        if case .program? = definitions.entries[$0] { true } else { false }
      }
      throw ProgramError(
        "there is no program `\(name.text)` among those typed",
        at: name.range,
        hint: Suggestion.question(for: name.text, among: programs) ?? "define it first"
      )
    }
    guard kinds.count == arguments.count else {
      throw ProgramError(
        "`\(name.text)` takes \(counted(kinds.count, "argument")), not \(arguments.count)",
        at: name.range,
        hint: "for example `spawn \(name.text)(1)`"
      )
    }
    var call = CallCode(kind: .spawn)
    call.program = name.text
    call.isServant = spawn.isServant
    if let group = openGroups.last { call.group = group }
    for (argument, kind) in zip(arguments, kinds) {
      let operand = try value(argument)
      try unify(operand.kind, kind, at: argument.range)
      call.arguments.append(operand.register)
    }
    return call
  }
}
