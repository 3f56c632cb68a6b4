import CorosKernel
import CorosLanguage
import CorosSync

/// Defines something: checks it, makes the objects that it declares, and enters it in the definitions.
///
/// Nothing has changed when it fails, with a `ProgramError`.
struct Define: SystemCall {
  let text: String

  static var isTracked: Bool { true }

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      let object = try kernel.make(Definitions(), named: Definitions.name)
      var definitions = try kernel.value(of: object)
      for definition in try Definition.parse(text) {
        try definitions.add(definition, text: text, in: kernel)
      }
      definitions.note(text)
      try kernel.change(object) { $0 = definitions }
      return .reply(())
    }
  }
}

extension Definitions {
  /// Adds a definition.
  mutating func add(_ definition: Definition, text: String, in kernel: KernelContext) throws {
    switch definition {
    case .shared(let all):
      try checkLimit(all.map { $0.count ?? 1 }, all[0].name, in: kernel)
      for one in all { try checkFree(one.name, in: all.map(\.name)) { $0 == "a shared name" } }
      for one in all { try add(one, in: kernel) }
      try update(all.map(\.name), in: kernel)
    case .objects(let all):
      try checkLimit(all.map { $0.count ?? 1 }, all[0].name, in: kernel)
      for one in all { try check(one, in: all) }
      for one in all where entries[one.name.text] == nil { try add(one, in: kernel) }
    case .program(let syntax):
      let routine = RoutineEntry(syntax: syntax, text: text)
      try checkFree(syntax.name) { $0 == "a program" }
      let (code, uses) = try compile(routine, in: kernel)
      set(syntax.name.text, .program(ProgramEntry(routine: routine, code: code, uses: uses)))
      try update([syntax.name], in: kernel)
    case .procedure(let syntax):
      let routine = RoutineEntry(syntax: syntax, text: text)
      try checkFree(syntax.name) { $0 == "a procedure" }
      try Compiler.check(routine, self)
      set(syntax.name.text, .procedure(routine))
      try update([syntax.name], in: kernel)
    case .use(let name, let other):
      try checkFree(name) { $0 == "a procedure" }
      guard procedure(other.text) != nil else {
        throw ProgramError(
          "there is no procedure `\(other.text)`",
          at: other.range,
          hint: Suggestion.question(for: other.text, among: order.filter { procedure($0) != nil })
            ?? "define it first"
        )
      }
      set(name.text, .alias(other.text))
      guard procedure(name.text) != nil else {
        throw ProgramError("these names would stand for one another", at: name.range)
      }
      try update([name], in: kernel)
    case .check(let isFinal, let formula):
      guard let formula else { return removeChecks(areFinal: isFinal) }
      add(Check(isFinal: isFinal, formula: formula, text: try Compiler.check(formula, text, self)))
    }
  }

  private func compile(
    _ routine: RoutineEntry,
    in kernel: KernelContext
  ) throws -> (Code, Set<String>) {
    try Compiler.program(routine, self) { name in
      try kernel.make(CriticalSection(), named: name)
    }
  }

  /// Compiles anew the programs that use names which mean something else now.
  private mutating func update(_ names: [ProgramName], in kernel: KernelContext) throws {
    let changed = Set(names.map(\.text))
    for name in order {
      guard case .program(let program)? = entries[name], !program.uses.isDisjoint(with: changed)
      else { continue }
      do {
        let (code, uses) = try compile(program.routine, in: kernel)
        set(name, .program(ProgramEntry(routine: program.routine, code: code, uses: uses)))
      } catch let error as ProgramError {
        throw ProgramError(
          "the program `\(name)` uses this, and would be wrong: \(error.message)",
          at: names[0].range,
          hint: "give it another name, or define `\(name)` anew first"
        )
      }
    }
  }

  // MARK: Checks

  private func checkFree(
    _ name: ProgramName,
    in names: [ProgramName] = [],
    unless isSame: (String) -> Bool
  ) throws(ProgramError) {
    if names.count(where: { $0.text == name.text }) > 1 {
      throw ProgramError("`\(name.text)` is declared twice here", at: name.range)
    }
    if let kind = kind(of: name.text), !isSame(kind) {
      throw ProgramError(
        "`\(name.text)` is \(kind) already",
        at: name.range,
        hint: "give it another name"
      )
    }
  }

  private func checkLimit(
    _ counts: [Int],
    _ name: ProgramName,
    in kernel: KernelContext
  ) throws(ProgramError) {
    let most = 50_000
    let present = elementCount
    guard counts.reduce(present, +) <= most else {
      throw ProgramError(
        "all that is declared has at most \(most) elements, and there are \(present)",
        at: name.range
      )
    }
  }

  private func check(
    _ object: ObjectDeclaration,
    in all: [ObjectDeclaration]
  ) throws(ProgramError) {
    let kind = Compiler.article(object.kind)
    try checkFree(object.name, in: all.map(\.name)) { $0 == kind }
    if entries[object.name.text] != nil, declared[object.name.text] != object.shape {
      throw ProgramError(
        "`\(object.name.text)` is declared already, in another way",
        at: object.name.range,
        hint: "give the new one another name"
      )
    }
    guard let mutex = object.mutex else { return }
    guard case .object(.mutex, let symbol)? = entries[mutex.text] else {
      throw ProgramError(
        "there is no mutex `\(mutex.text)`",
        at: mutex.range,
        hint: Suggestion.question(for: mutex.text, among: order)
          ?? "declare it first: `mutex \(mutex.text)`"
      )
    }
    if symbol.isArray, symbol.elements.count != object.count {
      throw ProgramError(
        "`\(mutex.text)` is an array of \(symbol.elements.count), so the conditions must be, too",
        at: mutex.range,
        hint: "`condition \(object.name.text)[\(symbol.elements.count)] on \(mutex.text)`"
      )
    }
  }

  // MARK: Making

  private mutating func add(_ shared: SharedDeclaration, in kernel: KernelContext) throws {
    let name = shared.name.text
    let value = SharedCell(shared.value, isTruth: shared.isTruth)
    let links = try (0..<(shared.count ?? 1)).map { index in
      let cell = try kernel.make(value, named: Self.element(name, shared.count, index))
      try kernel.change(cell) { $0 = value }
      return Link.cell(cell, isTruth: shared.isTruth)
    }
    let symbol = Symbol(name: name, elements: links, isArray: shared.count != nil)
    set(name, .cells(symbol, isTruth: shared.isTruth))
  }

  private mutating func add(_ object: ObjectDeclaration, in kernel: KernelContext) throws {
    let name = object.name.text
    let links = try (0..<(object.count ?? 1)).map { index in
      try link(object, Self.element(name, object.count, index), index, in: kernel)
    }
    let symbol = Symbol(name: name, elements: links, isArray: object.count != nil)
    set(name, .object(object.kind, symbol))
    declare(name, object.shape)
  }

  /// The name of an element of an array, or of what is no array.
  private static func element(_ name: String, _ count: Int?, _ index: Int) -> String {
    count == nil ? name : "\(name)[\(index)]"
  }

  private func link(
    _ object: ObjectDeclaration,
    _ name: String,
    _ index: Int,
    in kernel: KernelContext
  ) throws -> Link {
    switch object.kind {
    case .mutex: return .mutex(try MakeMutex(name).handle(in: kernel).answer())
    case .semaphore:
      let make = MakeSemaphore(name, value: object.number, maximum: object.maximum)
      return .semaphore(try make.handle(in: kernel).answer())
    case .condition:
      guard let mutex = object.mutex, case .object(_, let symbol)? = entries[mutex.text],
        case .mutex(let lock) = symbol.elements[symbol.isArray ? index : 0]
      else { throw SystemCallError.noSuchObject }
      return .condition(try MakeCondition(name, on: lock).handle(in: kernel).answer())
    case .channel:
      let make = MakeChannel<Int>(name, capacity: object.number)
      return .channel(try make.handle(in: kernel).answer())
    case .barrier:
      return .barrier(try MakeBarrier(name, parties: object.number).handle(in: kernel).answer())
    case .event: return .event(try MakeEvent(name).handle(in: kernel).answer())
    case .rwlock: return .rwlock(try MakeRWLock(name).handle(in: kernel).answer())
    }
  }
}

extension ObjectDeclaration {
  /// What it is, in words that are the same for equal declarations.
  fileprivate var shape: String {
    "\(kind) \(count ?? 0) \(number) \(maximum ?? 0) \(mutex?.text ?? "")"
  }
}

extension Disposition {
  /// The reply of a call that never waits.
  fileprivate func answer() throws -> Reply {
    switch self {
    case .reply(let reply): return reply
    case .fail(let error): throw error
    case .usual, .block, .queue, .finish: throw SystemCallError.noSuchObject
    }
  }
}
