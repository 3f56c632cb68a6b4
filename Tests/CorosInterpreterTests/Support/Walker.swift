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
    static var name: String { "WriteCell" }
    func arguments(in kernel: KernelContext) -> String { "\(kernel.name(of: cell)) = \(value)" }
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      .catching {
        try kernel.change(cell) { $0.value = value }
        return .reply(())
      }
    }
  }

  struct Leave: Error {}

  let cells: [String: Object<SharedCell>]
  /// The one mutex that there is.
  let mutex: Mutex
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
      let cell = try await cell(place)
      try await store(try await value(formula), place, cell)
    case .change(let place, let sign, let formula):
      let cell = try await cell(place)
      var value = try await load(place, cell)
      let change = try await self.value(formula)
      value = sign == .add ? value + change : value - change
      try await store(value, place, cell)
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

  private mutating func make(_ call: CallSyntax) async throws {
    hasActed = true
    switch call.kind {
    case .object(.lock, _): try await os.lock(mutex)
    case .object(.unlock, _): try await os.unlock(mutex)
    case .yield: try await os.yield()
    default: fatalError("the generator makes no such call")
    }
  }

  private mutating func cell(_ place: PlaceSyntax) async throws -> Object<SharedCell>? {
    guard let index = place.index else { return cells[place.name.text] }
    let number = try await value(index)
    return cells["\(place.name.text)[\(number)]"]
  }

  private mutating func load(
    _ place: PlaceSyntax,
    _ cell: Object<SharedCell>?
  ) async throws -> Int {
    guard let cell else { return locals[place.name.text] ?? 0 }
    hasActed = true
    return try await os.call(Read(cell: cell))
  }

  private mutating func store(
    _ value: Int,
    _ place: PlaceSyntax,
    _ cell: Object<SharedCell>?
  ) async throws {
    guard let cell else {
      locals[place.name.text] = value
      return
    }
    hasActed = true
    try await os.call(Assign(cell: cell, value: value))
  }

  private mutating func value(_ formula: FormulaSyntax) async throws -> Int {
    switch formula.kind {
    case .number(let number): return number
    case .truth(let truth): return truth ? 1 : 0
    case .place(let place):
      let cell = try await cell(place)
      return try await load(place, cell)
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
      switch sign {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .remainder: return a % b
      case .equal: return a == b ? 1 : 0
      case .less: return a < b ? 1 : 0
      case .greaterOrEqual: return a >= b ? 1 : 0
      default: fatalError("the generator makes no such expression")
      }
    default: fatalError("the generator makes no such expression")
    }
  }
}
