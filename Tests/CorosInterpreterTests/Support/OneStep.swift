import CorosKernel
import CorosSync

@testable import CorosLanguage

/// What a name stands for in the second interpreter.
enum Target {
  case cell(Object<SharedCell>)
  case array([Object<SharedCell>])
  case local(String)
}

/// The conditions for which tasks of the second interpreter wait.
final class WaitingRoom {
  private var conditions: [TaskID: (KernelContext) -> Bool] = [:]

  func enter(_ task: TaskID, _ condition: @escaping (KernelContext) -> Bool) {
    conditions[task] = condition
  }

  /// Wakes those who wait for a cell and whose conditions hold now.
  func review(_ cell: Object<SharedCell>, in kernel: KernelContext) {
    for waiter in kernel.waiters(on: cell) where conditions[waiter.task]?(kernel) != false {
      kernel.wake(waiter)
    }
  }
}

/// The part of the second interpreter that does several things in one step.
struct OneStep {
  let kernel: KernelContext
  let names: [String: Target]
  var locals: [String: Int]
  /// The cells that were written while somebody waited for them.
  var changed: [Object<SharedCell>] = []

  mutating func run(_ block: BlockSyntax) throws {
    for statement in block.statements { try run(statement) }
  }

  private mutating func run(_ statement: StatementSyntax) throws {
    switch statement.kind {
    case .several(let all): for one in all { try run(one) }
    case .declare(let name, let formula):
      locals[name.text] = try formula.map { try value($0) } ?? 0
    case .assign(let place, let formula):
      let target = try target(place)
      try store(try value(formula), target)
    case .change(let place, let sign, let formula):
      let target = try target(place)
      let before = try load(target)
      let change = try value(formula)
      try store(sign == .add ? before + change : before - change, target)
    case .branch(let condition, let body, let other):
      if try value(condition) != 0 { try run(body) } else if let other { try run(other) }
    case .repeatLoop(let count, let body):
      for _ in 0..<max(0, try value(count)) { try run(body) }
    default: fatalError("the generator makes no such statement")
    }
  }

  private func target(_ place: PlaceSyntax) throws -> Target {
    let target = names[place.name.text] ?? .local(place.name.text)
    guard let index = place.index, case .array(let cells) = target else { return target }
    return .cell(cells[try value(index)])
  }

  private func load(_ target: Target) throws -> Int {
    switch target {
    case .cell(let cell): try kernel.value(of: cell).value
    case .local(let name): locals[name] ?? 0
    case .array: fatalError("an array has no value")
    }
  }

  private mutating func store(_ value: Int, _ target: Target) throws {
    switch target {
    case .cell(let cell):
      try kernel.change(cell) { $0.value = value }
      if !kernel.waiters(on: cell).isEmpty, !changed.contains(cell) { changed.append(cell) }
    case .local(let name): locals[name] = value
    case .array: fatalError("an array has no value")
    }
  }

  func value(_ formula: FormulaSyntax) throws -> Int {
    switch formula.kind {
    case .number(let number): return number
    case .truth(let truth): return truth ? 1 : 0
    case .place(let place): return try load(try target(place))
    case .not(let part): return try value(part) == 0 ? 1 : 0
    case .negative(let part): return -(try value(part))
    case .binary(.and, let left, let right):
      return try value(left) == 0 ? 0 : try value(right)
    case .binary(.or, let left, let right):
      return try value(left) != 0 ? 1 : try value(right)
    case .binary(let sign, let left, let right):
      return Self.apply(sign, try value(left), try value(right))
    default: fatalError("the generator makes no such expression")
    }
  }

  /// What an operator makes of two values.
  static func apply(_ sign: FormulaSyntax.Operator, _ left: Int, _ right: Int) -> Int {
    switch sign {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .remainder: left % right
    case .equal: left == right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    default: fatalError("the generator makes no such expression")
    }
  }
}

/// What a call of the second interpreter does, and the variables before and after it.
final class Deed {
  var locals: [String: Int]
  let names: [String: Target]
  let room: WaitingRoom
  let condition: FormulaSyntax?
  let body: BlockSyntax?

  init(
    _ locals: [String: Int],
    _ names: [String: Target],
    _ room: WaitingRoom,
    _ condition: FormulaSyntax?,
    _ body: BlockSyntax?
  ) {
    self.locals = locals
    self.names = names
    self.room = room
    self.condition = condition
    self.body = body
  }

  func holds(in kernel: KernelContext) throws -> Bool {
    guard let condition else { return true }
    return try OneStep(kernel: kernel, names: names, locals: locals).value(condition) != 0
  }

  func run(in kernel: KernelContext) throws {
    guard let body else { return }
    var step = OneStep(kernel: kernel, names: names, locals: locals)
    try step.run(body)
    locals = step.locals
    for cell in step.changed { room.review(cell, in: kernel) }
  }

  /// All cells of the names in the condition, in the order in which they first occur.
  var cells: [Object<SharedCell>] {
    var cells: [Object<SharedCell>] = []
    func add(_ formula: FormulaSyntax) {
      switch formula.kind {
      case .place(let place):
        switch names[place.name.text] {
        case .cell(let cell)? where !cells.contains(cell): cells.append(cell)
        case .array(let all)? where !cells.contains(all[0]): cells += all
        default: break
        }
      case .not(let part), .negative(let part): add(part)
      case .binary(_, let left, let right):
        add(left)
        add(right)
      default: break
      }
    }
    if let condition { add(condition) }
    return cells
  }
}
