import CorosKernel
import CorosSync

// The acts on shared cells, which the machine does in the kernel.

extension InterpretedTask {
  mutating func act(in kernel: KernelContext) -> Disposition<Void> {
    let next = code.instructions[Int(pc)]
    do {
      switch next.operation {
      case .read: frame[Int(next.a)] = try kernel.value(of: try cell(next)).value
      case .write: try write(value(next.a), to: try cell(next), in: kernel)
      case .askTask: frame[Int(next.a)] = kernel.caller.rawValue
      case .askTick: frame[Int(next.a)] = kernel.now
      case .choose: try choose(next, in: kernel)
      case .atomic, .assert: try runAtomic(in: kernel, mayWrite: true)
      case .await: return try waitUntil(code.conditions[Int(next.b)], in: kernel)
      default: break
      }
      return .reply(())
    } catch {
      return .fail(error)
    }
  }

  func isReady(in kernel: KernelContext) -> Bool {
    // What goes wrong in the condition does so again when the task looks itself, and fails.
    var copy = self
    return (try? copy.runAtomic(in: kernel, mayWrite: false)) ?? true
  }

  private func write(
    _ value: Int,
    to cell: Object<SharedCell>,
    in kernel: KernelContext
  ) throws {
    try kernel.change(cell) { $0.value = value }
    if kernel.waiterCount(on: cell) > 0 { wakeWaiters(on: cell, in: kernel) }
  }

  /// Wakes those whose condition holds now.
  private func wakeWaiters(on cell: Object<SharedCell>, in kernel: KernelContext) {
    for waiter in kernel.waiters(on: cell) where kernel.isReady(waiter) { kernel.wake(waiter) }
  }

  private mutating func choose(_ next: Instruction, in kernel: KernelContext) throws {
    let (least, most) = (value(next.b), value(next.c))
    let (span, overflow) = most.subtractingReportingOverflow(least)
    guard span >= 0, !overflow, span < Int.max else {
      throw failure("there is nothing to choose from \(least) .. \(most)")
    }
    frame[Int(next.a)] = least + kernel.random(below: span + 1)
  }

  // MARK: Several cells in one step

  /// Runs what stands from the next instruction to `endAtomic`, where it then stands.
  ///
  /// - Parameters:
  ///   - kernel: The kernel.
  ///   - mayWrite: Whether to go on after the condition of an `await`.
  /// - Returns: Whether the condition, if there is one, holds.
  /// - Throws: What goes wrong on the way; what has been written stays written.
  @discardableResult
  private mutating func runAtomic(in kernel: KernelContext, mayWrite: Bool) throws -> Bool {
    var left = Self.most
    var changed: [Object<SharedCell>] = []
    let start = pc
    defer { for cell in changed { wakeWaiters(on: cell, in: kernel) } }
    if mayWrite, kernel.notesFootprints { noteWrites(in: kernel) }
    while true {
      pc += 1
      left -= 1
      if left == 0 { throw failure("a step of more than \(Self.most) operations") }
      let next = code.instructions[Int(pc)]
      switch next.operation {
      case .read: frame[Int(next.a)] = try kernel.value(of: try cell(next)).value
      case .write:
        let (cell, value) = (try cell(next), value(next.a))
        try kernel.change(cell) { $0.value = value }
        if kernel.waiterCount(on: cell) > 0, !changed.contains(cell) { changed.append(cell) }
      case .askTask: frame[Int(next.a)] = kernel.caller.rawValue
      case .askTick: frame[Int(next.a)] = kernel.now
      case .choose: try choose(next, in: kernel)
      case .test:
        if value(next.a) == 0 {
          pc = start
          return false
        }
        if !mayWrite { return true }
      case .endAtomic: return true
      default: try compute(next)
      }
    }
  }

  /// Notes all cells that may be written, whatever happens this time.
  private func noteWrites(in kernel: KernelContext) {
    for next in code.instructions[(Int(pc) + 1)...] {
      if next.operation == .endAtomic { return }
      guard next.operation == .write else { continue }
      for case .cell(let cell, _) in code.symbols[Int(next.b)].elements
      where next.c == Instruction.none || next.c >= 0 || isElement(cell, next) {
        kernel.noteChange(of: cell)
      }
    }
  }

  /// Whether a cell is the one that a fixed index names.
  private func isElement(_ cell: Object<SharedCell>, _ next: Instruction) -> Bool {
    if case .cell(let named, _)? = try? link(next.b, next.c) { named == cell } else { false }
  }

  /// Looks whether a condition holds, and does what belongs to it; else waits for the cells that it names.
  private mutating func waitUntil(
    _ condition: Code.Condition,
    in kernel: KernelContext
  ) throws -> Disposition<Void> {
    isMet = try runAtomic(in: kernel, mayWrite: true)
    if isMet {
      deadline = -1
      return .reply(())
    }
    if deadline < 0, condition.within != Instruction.none {
      deadline = try kernel.deadline(after: value(condition.within)) ?? -1
    }
    var places: [ObjectPlace] = []
    for symbol in condition.symbols {
      for case .cell(let cell, _) in code.symbols[Int(symbol)].elements {
        places.append(try kernel.place(in: cell))
      }
    }
    let reason = places.count == 1 ? WaitReason.object(places[0]) : .anyOf(places)
    return .block(on: reason, until: deadline < 0 ? nil : deadline)
  }
}
