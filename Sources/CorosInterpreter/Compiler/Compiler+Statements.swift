import CorosLanguage

extension Compiler {
  /// Compiles the statements of a block in a scope of their own.
  ///
  /// - Returns: Whether the program goes on after it.
  @discardableResult
  mutating func block(_ block: BlockSyntax) throws(ProgramError) -> Bool {
    try inScope { (compiler) throws(ProgramError) in try compiler.statements(block.statements) }
  }

  @discardableResult
  mutating func statements(_ all: [StatementSyntax]) throws(ProgramError) -> Bool {
    var goesOn = true
    for statement in all {
      if !goesOn {
        throw ProgramError(
          "this is never reached",
          at: statement.range,
          hint: "the statement before it never goes on"
        )
      }
      let before = top
      goesOn = try self.statement(statement)
      // Variables stay until the end of the block, and what was worked out on the way goes.
      switch statement.kind {
      case .declare, .declareByCall, .several: break
      default: top = before
      }
    }
    return goesOn
  }

  private mutating func statement(_ statement: StatementSyntax) throws(ProgramError) -> Bool {
    let place = statement.range
    switch statement.kind {
    case .several(let all): return try statements(all)
    case .declare(let name, let formula): try declare(name, formula)
    case .declareByCall(let name, let call): try declare(name, call)
    case .assign(let target, let formula):
      let resolved = try resolve(target)
      try store(try value(formula), in: resolved, target, formula.range)
    case .change(let target, let sign, let formula):
      try change(target, sign, formula)
    case .branch(let condition, let body, let other):
      return try branch(condition, body, other)
    case .whileLoop(let condition, let body): try loop(while: condition, body)
    case .repeatLoop(let count, let body): try loop(times: count, body)
    case .loop(let body): return try endlessLoop(body)
    case .leaveLoop: return try leaveLoop(at: place)
    case .atomic(let body):
      try refuseInAtomic("atomic", at: place)
      try inAtomic("atomic") { (compiler) throws(ProgramError) in
        let start = try compiler.emit(.atomic, at: place)
        try compiler.block(body)
        compiler.land(start)
        try compiler.emit(.endAtomic, at: body.range)
      }
    case .await(let condition): try waitUntil(condition, nil, "await", at: place)
    case .when(let condition, let body): try waitUntil(condition, body, "when", at: place)
    case .critical(let name, let body): try critical(name, body, at: place)
    case .assert(let condition): try assert(condition, at: place)
    case .call(let call):
      try self.call(call, result: nil)
    case .write(let parts): try write(parts, at: place)
    case .exit(let code):
      let register = try code.map { (code) throws(ProgramError) in try numeric(code).register }
      var call = CallCode(kind: .exit)
      call.value = register ?? constant(0)
      try self.call(call, at: place)
      return false
    case .procedure(let name, let arguments): try expand(name, arguments)
    case .shield(let body):
      try inScope { (compiler) throws(ProgramError) in
        let scope = try compiler.open(.openShield, nil, "shield", at: place)
        if try compiler.block(body) { try compiler.close(scope, at: body.range) }
        compiler.openScopes.removeLast()
      }
    case .group(let body): try group(body, at: place)
    case .within(let ticks, let body, let other):
      return try inScope { (compiler) throws(ProgramError) in
        try compiler.within(ticks, body, other, at: place)
      }
    case .select(let branches): return try select(branches, at: place)
    }
    return true
  }

  // MARK: Variables

  private mutating func declare(
    _ name: ProgramName,
    _ formula: FormulaSyntax?
  ) throws(ProgramError) {
    let before = top
    guard let formula else {
      let register = try declare(name, ValueKind())
      try emit(.move, register, constant(0), at: name.range)
      return
    }
    let operand = try value(formula)
    top = before
    let register = try declare(name, operand.kind)
    try emit(.move, register, operand.register, at: name.range)
  }

  private mutating func change(
    _ target: PlaceSyntax,
    _ sign: FormulaSyntax.Operator,
    _ formula: FormulaSyntax
  ) throws(ProgramError) {
    let place = try resolve(target)
    let old = try load(place, target)
    try unify(old.kind, .number, at: target.range)
    let change = try numeric(formula)
    let register = allocate()
    let operation: Instruction.Operation = sign == .add ? .add : .subtract
    try emit(operation, register, old.register, change.register, at: target.range)
    try store(Operand(register: register, kind: .number), in: place, target, target.range)
  }

  // MARK: Branches and loops

  private mutating func branch(
    _ condition: FormulaSyntax,
    _ body: BlockSyntax,
    _ other: BlockSyntax?
  ) throws(ProgramError) -> Bool {
    let operand = try self.condition(condition)
    let skip = try emit(.jumpIfFalse, operand.register, at: condition.range)
    let goesOn = try block(body)
    guard let other else {
      land(skip)
      return true
    }
    let end = goesOn ? try emit(.jump, at: body.range) : nil
    land(skip)
    let otherGoesOn = try block(other)
    if let end { land(end) }
    return goesOn || otherGoesOn
  }

  /// Compiles a loop: a round without a visible act costs a step, outside atomic parts.
  ///
  /// - Returns: Whether there is a `break` in it.
  @discardableResult
  private mutating func rounds(
    at range: SourceRange,
    head: (inout Compiler) throws(ProgramError) -> Int?,
    _ body: BlockSyntax
  ) throws(ProgramError) -> Bool {
    let flag = allocate()
    let isVisible = atomic == nil
    if isVisible { try emit(.move, flag, constant(0), at: range) }
    let start = here
    if isVisible { try emit(.beginRound, flag, at: range) }
    let leave = try head(&self)
    loops.append(
      Loop(
        sections: sections.count,
        openScopes: openScopes.count,
        openGroups: openGroups.count
      )
    )
    let goesOn = try block(body)
    if goesOn {
      if isVisible { try emit(.nextRound, at: range) }
      try emit(.jump, start, at: range)
    }
    if let leave { land(leave) }
    let loop = loops.removeLast()
    for jump in loop.breaks { land(jump) }
    if isVisible { try emit(.endLoop, flag, at: range) }
    return !loop.breaks.isEmpty
  }

  private mutating func loop(
    while condition: FormulaSyntax,
    _ body: BlockSyntax
  ) throws(ProgramError) {
    try rounds(
      at: condition.range,
      head: { (compiler) throws(ProgramError) in
        let operand = try compiler.condition(condition)
        return try compiler.emit(.jumpIfFalse, operand.register, at: condition.range)
      },
      body
    )
  }

  private mutating func loop(
    times count: FormulaSyntax,
    _ body: BlockSyntax
  ) throws(ProgramError) {
    let number = try numeric(count)
    let counter = allocate()
    try emit(.move, counter, number.register, at: count.range)
    try rounds(
      at: count.range,
      head: { (compiler) throws(ProgramError) in
        let test = compiler.allocate()
        try compiler.emit(.less, test, compiler.constant(0), counter, at: count.range)
        let leave = try compiler.emit(.jumpIfFalse, test, at: count.range)
        try compiler.emit(.subtract, counter, counter, compiler.constant(1), at: count.range)
        return leave
      },
      body
    )
  }

  private mutating func endlessLoop(_ body: BlockSyntax) throws(ProgramError) -> Bool {
    try rounds(at: body.range, head: { (_) throws(ProgramError) in nil }, body)
  }

  private mutating func leaveLoop(at range: SourceRange) throws(ProgramError) -> Bool {
    guard let loop = loops.last else {
      throw ProgramError("this `break` is in no loop", at: range)
    }
    if openGroups.count > loop.openGroups {
      throw ProgramError(
        "this `break` would leave a group",
        at: range,
        hint: "a group ends at its `}`, when its tasks have ended"
      )
    }
    for section in sections[loop.sections...].reversed() { try emit(.leave, section, at: range) }
    if openScopes.count > loop.openScopes {
      // To leave a scope is to leave those inside it.
      try close(openScopes[loop.openScopes], at: range)
    }
    loops[loops.count - 1].breaks.append(try emit(.jump, at: range))
    return false
  }

  // MARK: Critical sections

  private mutating func critical(
    _ name: ProgramName?,
    _ body: BlockSyntax,
    at range: SourceRange
  ) throws(ProgramError) {
    try refuseInAtomic("critical", at: range)
    let text = name?.text ?? "critical"
    let section: Int32
    if let known = parts.sections.firstIndex(where: { $0.name == text }) {
      section = Int32(known)
      if sections.contains(section) {
        throw ProgramError("the section \(text) is inside itself", at: range)
      }
    } else {
      section = Int32(parts.sections.count)
      do {
        parts.sections.append((text, try makeSection(text)))
      } catch {
        throw ProgramError(String(describing: error), at: range)
      }
    }
    try emit(.enter, section, at: range)
    entered.append(section)
    sections.append(section)
    let goesOn = try block(body)
    sections.removeLast()
    if goesOn { try emit(.leave, section, at: range) }
  }

  private mutating func write(
    _ all: [StatementSyntax.WritePart],
    at range: SourceRange
  ) throws(ProgramError) {
    var writing: [Code.WritePart] = []
    for part in all {
      switch part {
      case .text(let text): writing.append(.text(text))
      case .formula(let formula):
        let operand = try value(formula)
        writing.append(.register(operand.register, operand.kind))
      }
    }
    var call = CallCode(kind: .write)
    call.value = Int32(parts.writings.count)
    parts.writings.append(writing)
    try self.call(call, at: range)
  }
}
