import CorosLanguage

// Parts of programs that can be given up, and alternatives.

extension Compiler {
  /// Enters a scope.
  ///
  /// - Returns: The register of its number.
  mutating func open(
    _ kind: CallCode.Kind,
    _ ticks: FormulaSyntax?,
    _ word: String,
    at range: SourceRange
  ) throws(ProgramError) -> Int32 {
    try refuseInAtomic(word, at: range)
    let scope = allocate()
    var call = CallCode(kind: kind)
    if let ticks { call.within = try numeric(ticks).register }
    call.result = scope
    try self.call(call, at: range)
    openScopes.append(scope)
    return scope
  }

  /// Leaves a scope, and those inside it.
  mutating func close(_ scope: Int32, at range: SourceRange) throws(ProgramError) {
    var call = CallCode(kind: .closeScope)
    call.value = scope
    try self.call(call, at: range)
  }

  /// Compiles a part with a time limit.
  ///
  /// - Returns: Whether the program goes on after it.
  mutating func within(
    _ ticks: FormulaSyntax,
    _ body: BlockSyntax,
    _ other: BlockSyntax?,
    at range: SourceRange
  ) throws(ProgramError) -> Bool {
    let scope = try open(.openScope, ticks, "within", at: range)
    let (start, known) = (here, entered.count)
    let goesOn = try block(body)
    let end = here
    openScopes.removeLast()
    var skip: Int?
    if goesOn {
      try close(scope, at: body.range)
      skip = try emit(.jump, at: body.range)
    }
    parts.handlers.append(Code.Handler(range: start..<end, scope: scope, target: here))
    for section in entered[known...] { try emit(.leave, section, at: range) }
    try close(scope, at: range)
    var otherGoesOn = false
    if let other {
      otherGoesOn = try block(other)
    } else {
      try emit(.timeOut, at: range)
    }
    if let skip { land(skip) }
    return goesOn || otherGoesOn
  }

  // MARK: Groups

  /// Compiles a part that waits for the tasks it makes.
  ///
  /// A cancellation inside it, of whatever scope, goes to its end: there the tasks are cancelled and waited for.
  mutating func group(_ body: BlockSyntax, at range: SourceRange) throws(ProgramError) {
    try refuseInAtomic("group", at: range)
    try inScope { (compiler) throws(ProgramError) in
      let group = compiler.allocate()
      var call = CallCode(kind: .openGroup)
      call.result = group
      try compiler.call(call, at: range)
      let (start, known) = (compiler.here, compiler.entered.count)
      compiler.openGroups.append(group)
      let goesOn = try compiler.block(body)
      compiler.openGroups.removeLast()
      let end = compiler.here
      let skip = goesOn ? try compiler.emit(.jump, at: body.range) : nil
      compiler.parts.handlers.append(
        Code.Handler(range: start..<end, scope: Instruction.none, target: compiler.here)
      )
      for section in compiler.entered[known...] { try compiler.emit(.leave, section, at: range) }
      if let skip { compiler.land(skip) }
      var close = CallCode(kind: .closeGroup)
      close.value = group
      compiler.parts.groups.append(
        Code.GroupPart(range: start..<end, group: group, close: compiler.here)
      )
      try compiler.call(close, at: range)
    }
  }

  // MARK: Alternatives

  /// Compiles a select.
  ///
  /// - Returns: Whether the program goes on after it.
  mutating func select(
    _ branches: [StatementSyntax.SelectBranch],
    at range: SourceRange
  ) throws(ProgramError) -> Bool {
    try refuseInAtomic("select", at: range)
    var select = Code.SelectCode()
    var bodies: [BlockSyntax] = []
    var last: BlockSyntax?
    for branch in branches {
      switch branch.kind {
      case .after, .otherwise:
        if last != nil {
          throw ProgramError(
            "a select has one alternative for the case that nothing comes",
            at: branch.range,
            hint: "after N waits so long, otherwise does not wait"
          )
        }
        last = branch.body
        if case .after(let ticks) = branch.kind { select.after = try numeric(ticks).register }
        if case .otherwise = branch.kind { select.waits = false }
      default:
        select.ways.append(try way(branch))
        bodies.append(branch.body)
      }
    }
    guard !bodies.isEmpty else {
      throw ProgramError("a select needs something to wait for", at: range)
    }
    var call = CallCode(kind: .select)
    call.value = Int32(parts.selects.count)
    call.result = allocate()
    parts.selects.append(select)
    try self.call(call, at: range)
    if let last { bodies.append(last) }
    return try choose(call.result, bodies, at: range)
  }

  /// What an alternative waits for.
  private mutating func way(
    _ branch: StatementSyntax.SelectBranch
  ) throws(ProgramError) -> CallCode {
    let place: PlaceSyntax
    var way: CallCode
    let kinds: [ObjectKind]
    switch branch.kind {
    case .receive(let channel, let target):
      (place, kinds, way) = (channel, [.channel], CallCode(kind: .receive))
      way.target = try receiver(target)
    case .send(let channel, let formula):
      (place, kinds, way) = (channel, [.channel], CallCode(kind: .send))
      way.value = try numeric(formula).register
    case .down(let semaphore):
      (place, kinds, way) = (semaphore, [.semaphore], CallCode(kind: .down))
    case .wait(let event): (place, kinds, way) = (event, [.event], CallCode(kind: .waitEvent))
    case .after, .otherwise: throw ProgramError("this waits for nothing", at: branch.range)
    }
    if let object = try object(place, kinds, for: "select") {
      (way.symbol, way.index) = (object.symbol, object.index)
    }
    return way
  }

  /// Goes on with the body of the alternative that came.
  private mutating func choose(
    _ number: Int32,
    _ bodies: [BlockSyntax],
    at range: SourceRange
  ) throws(ProgramError) -> Bool {
    var ends: [Int] = []
    var goesOn = false
    for (index, body) in bodies.enumerated() {
      var skip: Int?
      if index < bodies.count - 1 {
        let test = allocate()
        try emit(.equal, test, number, constant(index), at: range)
        skip = try emit(.jumpIfFalse, test, at: range)
      }
      if try block(body) {
        goesOn = true
        ends.append(try emit(.jump, at: body.range))
      }
      if let skip { land(skip) }
    }
    for end in ends { land(end) }
    return goesOn
  }
}
