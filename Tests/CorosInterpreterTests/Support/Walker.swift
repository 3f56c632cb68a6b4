import CorosKernel
import CorosSync

@testable import CorosLanguage

/// A second interpreter, which shares no code with the first: it walks the tree of a program as an async task, and
/// makes the visible acts by calls of its own.
struct Walker {
  /// Reads or writes a cell, under the name of the first interpreter's call.
  struct Read: SystemCall {
    let cell: Object<SharedCell>
    static var name: String { "ReadCell" }
    func arguments(in kernel: KernelContext) -> String {
      "\(kernel.name(of: cell)): \((try? kernel.value(of: cell))?.value ?? 0)"
    }
    func handle(in kernel: KernelContext) -> Disposition<Int> {
      .catching { .reply(try kernel.value(of: cell).value) }
    }
  }

  struct Assign: SystemCall {
    let cell: Object<SharedCell>
    let value: Int
    let room: WaitingRoom
    static var name: String { "WriteCell" }
    func arguments(in kernel: KernelContext) -> String { "\(kernel.name(of: cell)) = \(value)" }
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      .catching {
        try kernel.change(cell) { $0.value = value }
        room.review(cell, in: kernel)
        return .reply(())
      }
    }
  }

  /// Does several things in one step.
  struct Whole: SystemCall {
    let deed: Deed
    static var name: String { "AtomicBlock" }
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      .catching {
        try deed.run(in: kernel)
        return .reply(())
      }
    }
  }

  /// Does them once a condition holds; replies whether it did.
  struct Wait: SystemCall {
    let text: String
    let deed: Deed
    static var name: String { "AwaitCondition" }
    var arguments: String { text }
    func handle(in kernel: KernelContext) -> Disposition<Bool> {
      .catching {
        if try deed.holds(in: kernel) {
          try deed.run(in: kernel)
          return .reply(true)
        }
        let deed = deed
        deed.room.enter(kernel.caller) { kernel in (try? deed.holds(in: kernel)) ?? true }
        let places = try deed.cells.map { try kernel.place(in: $0) }
        return .block(on: places.count == 1 ? .object(places[0]) : .anyOf(places))
      }
    }
    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Bool> {
      .reply(false)
    }
  }

  /// Checks a condition that holds.
  struct Check: SystemCall {
    let text: String
    static var name: String { "AssertCondition" }
    var arguments: String { text }
    func handle(in kernel: KernelContext) -> Disposition<Void> { .reply(()) }
  }

  struct Leave: Error {}

  /// The objects that there are, one of a kind.
  struct Objects {
    let mutex: Mutex
    let condition: Condition
    let semaphore: Semaphore
    let channel: Channel<Int>
    let event: EventFlag
    let room = WaitingRoom()
  }

  /// What shared names, and the parameters of procedures, stand for.
  var names: [String: Target]
  let objects: Objects
  let procedures: [String: RoutineSyntax]
  /// The text of the program.
  let text: String
  let os: SystemInterface
  var locals: [String: Int] = [:]
  var hasActed = false

  mutating func run(_ block: BlockSyntax) async throws {
    for statement in block.statements { try await run(statement) }
  }

  private mutating func run(_ statement: StatementSyntax) async throws {
    switch statement.kind {
    case .several(let all): for one in all { try await run(one) }
    case .declare(let name, let formula):
      var value = 0
      if let formula { value = try await self.value(formula) }
      locals[name.text] = value
    case .assign(let place, let formula):
      let target = try await target(place)
      try await store(try await value(formula), target)
    case .change(let place, let sign, let formula):
      let target = try await target(place)
      var value = try await load(target)
      let change = try await self.value(formula)
      value = sign == .add ? value + change : value - change
      try await store(value, target)
    case .branch(let condition, let body, let other):
      if try await value(condition) != 0 {
        try await run(body)
      } else if let other {
        try await run(other)
      }
    case .whileLoop(let condition, let body):
      try await rounds { walker in
        if try await walker.value(condition) == 0 { throw Leave() }
        try await walker.run(body)
      }
    case .repeatLoop(let count, let body):
      var left = try await value(count)
      try await rounds { walker in
        if left <= 0 { throw Leave() }
        left -= 1
        try await walker.run(body)
      }
    case .leaveLoop: throw Leave()
    case .call(let call): try await make(call)
    case .atomic(let body):
      hasActed = true
      let deed = deed(nil, body)
      try await os.call(Whole(deed: deed))
      locals = deed.locals
    case .await(let condition): try await wait(until: condition, nil)
    case .when(let condition, let body): try await wait(until: condition, body)
    case .assert(let condition):
      hasActed = true
      try await os.call(Check(text: source(condition.range)))
    case .procedure(let name, let arguments):
      guard let procedure = procedures[name.text] else { fatalError("no such procedure") }
      let before = names
      for (parameter, argument) in zip(procedure.parameters, arguments) {
        guard case .place(let place) = argument.kind else { fatalError("no place") }
        names[parameter.text] = try await target(place)
      }
      try await run(procedure.body)
      names = before
    default: fatalError("the generator makes no such statement")
    }
  }

  private mutating func rounds(_ round: (inout Walker) async throws -> Void) async throws {
    var actedBefore = hasActed
    do {
      while true {
        hasActed = false
        try await round(&self)
        if !hasActed {
          hasActed = true
          try await os.compute(1)
        }
        actedBefore = true
      }
    } catch is Leave {
      hasActed = hasActed || actedBefore
    }
  }

  private func deed(_ condition: FormulaSyntax?, _ body: BlockSyntax?) -> Deed {
    Deed(locals, names, objects.room, condition, body)
  }

  private mutating func wait(until condition: FormulaSyntax, _ body: BlockSyntax?) async throws {
    hasActed = true
    let deed = deed(condition, body)
    let call = Wait(text: source(condition.range), deed: deed)
    while !(try await os.call(call)) {}
    locals = deed.locals
  }

  /// A part of the text of the program, on one line.
  private func source(_ range: SourceRange) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
      .split(separator: " ").joined(separator: " ")
  }

  private mutating func make(_ call: CallSyntax) async throws {
    switch call.kind {
    case .object(.lock, _): try await os.lock(objects.mutex)
    case .object(.unlock, _): try await os.unlock(objects.mutex)
    case .object(.down, _): try await os.acquire(objects.semaphore)
    case .object(.up, _): try await os.release(objects.semaphore)
    case .object(.signal, _): _ = try await os.call(Notify(objects.condition))
    case .object(.wait, let place) where place.name.text == "go":
      try await os.call(WaitEvent(objects.event))
    case .object(.wait, _):
      let outcome = try await os.call(CondWait(objects.condition))
      _ = try await os.call(Relock(objects.condition, after: outcome))
    case .object(.set, _): _ = try await os.call(SetEvent(objects.event))
    case .send(_, let formula):
      let value = try await self.value(formula)
      try await os.call(Send(value, on: objects.channel))
    case .receive(_, let place):
      locals[place.name.text] = try await os.call(Receive(from: objects.channel))?.value ?? 0
    case .yield: try await os.yield()
    case .sleep(let formula):
      let ticks = try await value(formula)
      try await os.sleep(ticks)
    default: fatalError("the generator makes no such call")
    }
    hasActed = true
  }

  private mutating func target(_ place: PlaceSyntax) async throws -> Target {
    let target = names[place.name.text] ?? .local(place.name.text)
    guard let index = place.index, case .array(let cells) = target else { return target }
    return .cell(cells[try await value(index)])
  }

  private mutating func load(_ target: Target) async throws -> Int {
    switch target {
    case .local(let name): return locals[name] ?? 0
    case .cell(let cell):
      hasActed = true
      return try await os.call(Read(cell: cell))
    case .array: fatalError("an array has no value")
    }
  }

  private mutating func store(_ value: Int, _ target: Target) async throws {
    switch target {
    case .local(let name): locals[name] = value
    case .cell(let cell):
      hasActed = true
      try await os.call(Assign(cell: cell, value: value, room: objects.room))
    case .array: fatalError("an array has no value")
    }
  }

  private mutating func value(_ formula: FormulaSyntax) async throws -> Int {
    switch formula.kind {
    case .number(let number): return number
    case .truth(let truth): return truth ? 1 : 0
    case .place(let place):
      return try await load(try await target(place))
    case .not(let part): return try await value(part) == 0 ? 1 : 0
    case .negative(let part): return -(try await value(part))
    case .binary(.and, let left, let right):
      if try await value(left) == 0 { return 0 }
      return try await value(right)
    case .binary(.or, let left, let right):
      if try await value(left) != 0 { return 1 }
      return try await value(right)
    case .binary(let sign, let left, let right):
      let (a, b) = (try await value(left), try await value(right))
      return OneStep.apply(sign, a, b)
    default: fatalError("the generator makes no such expression")
    }
  }
}
