import CorosLanguage

extension Compiler {
  /// Declares a variable that a call of the kernel gives its value.
  mutating func declare(_ name: ProgramName, _ call: CallSyntax) throws(ProgramError) {
    let before = top
    let kind: ValueKind
    switch call.kind {
    case .object(.signal, _), .object(.broadcast, _), .object(.arrive, _): kind = .number
    case .object(.trylock, _), .object(.trydown, _), .receive, .tell: kind = .truth
    case .waitTask: kind = .number
    case .object(.wait, let place) where try isValue(place): kind = .number
    case _ where call.within != nil: kind = .truth
    default:
      throw ProgramError(
        "this call has no result",
        at: call.range,
        hint: "with `within N` it says whether it was done in time"
      )
    }
    let result = allocate()
    try self.call(call, result: result)
    top = before
    let register = try declare(name, kind)
    try emit(.move, register, result, at: name.range)
  }

  /// Whether a name stands for a value, not an object.
  private mutating func isValue(_ place: PlaceSyntax) throws(ProgramError) -> Bool {
    switch try binding(place.name) {
    case .local, .cells: true
    case .object, .parameter: false
    }
  }

  /// Compiles a call.
  ///
  /// - Parameters:
  ///   - syntax: The call.
  ///   - result: Where its result goes; nil when nobody asks.
  /// - Throws: What is wrong with it.
  mutating func call(_ syntax: CallSyntax, result: Int32?) throws(ProgramError) {
    var call: CallCode
    switch syntax.kind {
    case .object(.wait, let place) where try isValue(place):
      call = CallCode(kind: .waitTask)
      let task = try load(try resolve(place), place)
      try unify(task.kind, .number, at: place.range)
      call.value = task.register
    case .object(let verb, let place):
      guard let made = try objectCall(verb, place) else {
        // Only a procedure that is checked by itself: nothing of this code will run.
        if let within = syntax.within { _ = try numeric(within) }
        return try refuseInAtomic(verb.rawValue, at: syntax.range)
      }
      call = made
    case .send(let place, let formula):
      let object = try object(place, [.channel], for: "send")
      call = CallCode(kind: .send)
      call.value = try numeric(formula).register
      (call.symbol, call.index) = (object?.symbol ?? 0, object?.index ?? Instruction.none)
    case .receive(let place, let target):
      let object = try object(place, [.channel], for: "receive")
      call = CallCode(kind: .receive)
      (call.symbol, call.index) = (object?.symbol ?? 0, object?.index ?? Instruction.none)
      call.target = try receiver(target)
    case .yield: call = CallCode(kind: .yield)
    case .sleep(let ticks):
      call = CallCode(kind: .sleep)
      call.value = try numeric(ticks).register
    case .waitTask(let task):
      call = CallCode(kind: .waitTask)
      call.value = try numeric(task).register
    case .cancel(let task):
      call = CallCode(kind: .cancel)
      call.value = try numeric(task).register
    case .tell(let task, let formula):
      call = CallCode(kind: .tell)
      call.task = try numeric(task).register
      call.value = try numeric(formula).register
    case .hear(let target, let task):
      call = CallCode(kind: .hear)
      call.target = try receiver(target)
      if let task { call.task = try numeric(task).register }
    case .spawn(let spawn): call = try spawning(spawn)
    }
    if let within = syntax.within {
      guard Self.waiting.contains(call.kind) else {
        throw ProgramError("this never waits, so it needs no `within`", at: within.range)
      }
      call.within = try numeric(within).register
    }
    call.result = result ?? Instruction.none
    try self.call(call, at: syntax.range)
  }

  /// The kinds of calls that may wait.
  private static let waiting: Set<CallCode.Kind> = [
    .lock, .readLock, .writeLock, .down, .waitCondition, .waitEvent, .arrive, .send, .receive,
    .waitTask, .hear,
  ]

  /// The local that receives a value.
  mutating func receiver(_ target: PlaceSyntax) throws(ProgramError) -> Int32 {
    switch try resolve(target) {
    case .local(let register, let kind):
      try unify(kind, .number, at: target.range)
      return register
    case .parameter(let use, _):
      try note(use, .value, at: target.range)
      return use.register
    case .cell, .object:
      throw ProgramError(
        "a value is received in a variable of the program",
        at: target.range,
        hint: "declare one with `var`; then store it in `\(target.name.text)`: a step of its own"
      )
    }
  }

  /// A call on one object; nil for a parameter of a procedure that is checked by itself.
  private mutating func objectCall(
    _ verb: CallSyntax.Verb,
    _ place: PlaceSyntax
  ) throws(ProgramError) -> CallCode? {
    let kinds: [ObjectKind: CallCode.Kind] =
      switch verb {
      case .lock: [.mutex: .lock]
      case .trylock: [.mutex: .tryLock]
      case .unlock: [.mutex: .unlock, .rwlock: .unlockRW]
      case .rlock: [.rwlock: .readLock]
      case .wlock: [.rwlock: .writeLock]
      case .down: [.semaphore: .down]
      case .trydown: [.semaphore: .tryDown]
      case .up: [.semaphore: .up]
      case .wait: [.condition: .waitCondition, .event: .waitEvent]
      case .signal: [.condition: .signal]
      case .broadcast: [.condition: .broadcast]
      case .arrive: [.barrier: .arrive]
      case .close: [.channel: .close]
      case .set: [.event: .set]
      case .clear: [.event: .clear]
      }
    let allowed = ObjectKind.allCases.filter { kinds[$0] != nil }
    guard let object = try object(place, allowed, for: verb.rawValue),
      let kind = kinds[object.kind]
    else { return nil }
    var call = CallCode(kind: kind)
    (call.symbol, call.index) = (object.symbol, object.index)
    return call
  }

  /// Adds a call to the code.
  mutating func call(_ call: CallCode, at range: SourceRange) throws(ProgramError) {
    try refuseInAtomic(word(call.kind), at: range)
    let number = Int32(parts.calls.count)
    parts.calls.append(call)
    try emit(.call, number, at: range)
    if call.kind == .closeGroup { try emit(.finishWait, number, at: range) }
    if call.kind == .waitCondition {
      try emit(.relock, number, at: range)
      try emit(.finishWait, number, at: range)
    }
  }

  private func word(_ kind: CallCode.Kind) -> String {
    switch kind {
    case .unlockRW: "unlock"
    case .readLock: "rlock"
    case .writeLock: "wlock"
    case .tryLock: "trylock"
    case .tryDown: "trydown"
    case .waitCondition, .waitEvent, .waitTask: "wait"
    case .openScope, .closeScope: "within"
    case .openShield: "shield"
    case .openGroup, .closeGroup: "group"
    default: "\(kind)"
    }
  }

  // MARK: Procedures

  /// How deep procedures may call one another.
  private static let deepestExpansion = 50

  /// Makes a procedure part of the code.
  mutating func expand(
    _ name: ProgramName,
    _ arguments: [FormulaSyntax]
  ) throws(ProgramError) {
    uses.insert(name.text)
    guard let routine = definitions.procedure(name.text) else {
      let procedures = definitions.order.filter { definitions.procedure($0) != nil }
      throw ProgramError(
        "there is no procedure `\(excerpt(of: name.text))`",
        at: name.range,
        hint: Suggestion.question(for: name.text, among: procedures) ?? "define it first"
      )
    }
    if expanding.contains(routine.syntax.name.text) {
      throw ProgramError(
        "the procedure `\(routine.syntax.name.text)` would call itself",
        at: name.range,
        hint: "procedures become part of the program that calls them; write a loop"
      )
    }
    guard expanding.count < Self.deepestExpansion else {
      throw ProgramError("procedures call one another too deeply", at: name.range)
    }
    let parameters = routine.syntax.parameters
    guard parameters.count == arguments.count else {
      throw ProgramError(
        "`\(name.text)` takes \(counted(parameters.count, "argument")), not \(arguments.count)",
        at: name.range
      )
    }
    var bindings: [String: Binding] = [:]
    for (parameter, argument) in zip(parameters, arguments) {
      bindings[parameter.text] = try self.argument(argument)
    }
    try inProcedure(routine, called: name, bindings)
  }

  /// What a parameter of a procedure stands for: a place, or the value of an expression.
  private mutating func argument(_ formula: FormulaSyntax) throws(ProgramError) -> Binding {
    if case .place(let place) = formula.kind {
      let found = try binding(place.name)
      // An array as a whole.
      if place.index == nil { return found }
      switch try resolve(place) {
      case .cell(let symbol, let index, let isTruth):
        return .cells(symbol, isTruth: isTruth, element: try fixed(index, at: place.range))
      case .object(let kind, let symbol, let index):
        return .object(kind, symbol, element: try fixed(index, at: place.range))
      case .local, .parameter: return found
      }
    }
    let operand = try value(formula)
    return .local(try fixed(operand.register, at: formula.range), operand.kind)
  }

  /// A register that nothing else changes.
  private mutating func fixed(
    _ register: Int32,
    at range: SourceRange
  ) throws(ProgramError) -> Int32 {
    let copy = allocate()
    try emit(.move, copy, register, at: range)
    return copy
  }

  private mutating func inProcedure(
    _ routine: Definitions.RoutineEntry,
    called name: ProgramName,
    _ bindings: [String: Binding]
  ) throws(ProgramError) {
    let (outerScopes, outerLoops) = (scopes, loops)
    let (outerLine, outerText) = (lineOfCall, textOfProcedure)
    lineOfCall = line(of: name.range)
    textOfProcedure = routine.text
    scopes = [bindings]
    loops = []
    expanding.append(routine.syntax.name.text)
    defer {
      (scopes, loops) = (outerScopes, outerLoops)
      (lineOfCall, textOfProcedure) = (outerLine, outerText)
      expanding.removeLast()
    }
    do throws(ProgramError) {
      try block(routine.syntax.body)
    } catch {
      throw ProgramError(
        "in the procedure `\(routine.syntax.name.text)`: \(error.message)",
        at: name.range,
        hint: error.hint
      )
    }
  }
}
