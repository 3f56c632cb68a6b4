import CorosKernel

/// A program in memory: its cells, and the last known state of each of its threads.
///
/// It is part of the kernel's state, so it goes back in time with it. The states are kept here as well, so that
/// those of threads that have ended are still known.
struct LoadedProgram: KernelObject {
  let assembly: Assembly
  var cells: Cells
  var threads: [ThreadState]

  static var kind: String { "memory" }
  static var isListed: Bool { false }

  /// The cells and the threads; the code never changes.
  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(cells)
    hasher.combine(threads)
    return true
  }

  /// Loads a program for some threads.
  init(_ assembly: Assembly, threads: [ThreadState]) {
    self.assembly = assembly
    self.threads = threads
    cells = Cells(count: assembly.size)
  }
}

/// What follows from an instruction beyond the thread and its memory.
enum Effect {
  case none
  case yield
  case halt
  case write(String)
  /// The thread sleeps at a cell.
  case sleep(Int)
  /// Those that sleep at a cell wake, at most so many.
  case wake(Int, Int)
  case fault(Fault, at: Int)
}

extension LoadedProgram {
  /// Carries out the next instruction of a thread.
  mutating func step(_ thread: inout ThreadState, number: Int) -> Effect {
    let place = thread.counter
    let before = thread
    defer { threads[number] = thread }
    do throws(Fault) {
      guard let instruction = assembly.instruction(at: place) else {
        throw .noInstruction(at: place)
      }
      thread.counter += 1
      return try perform(instruction, &thread)
    } catch {
      // It has done nothing of the instruction.
      thread = before
      return .fault(error, at: place)
    }
  }

  private mutating func perform(
    _ instruction: Instruction,
    _ thread: inout ThreadState
  ) throws(Fault) -> Effect {
    switch instruction {
    case .set(let register, let value): thread[register] = thread.value(of: value)
    case .load(let register, let address):
      thread[register] = cells[try checkedCell(thread.cell(at: address))]
    case .store(let value, let address):
      cells[try checkedCell(thread.cell(at: address))] = thread.value(of: value)
    case .loadAddress(let register, let address): thread[register] = try thread.cell(at: address)
    case .calculate(let operation, let value, let register):
      thread[register] = try operation(thread[register], thread.value(of: value))
    case .negate(let register):
      thread[register] = try checked(0.subtractingReportingOverflow(thread[register]))
    case .test(let first, let second):
      thread.flags = Flags(thread.value(of: second), comparedWith: thread.value(of: first))
    case .jump(let condition, let cell):
      if condition.map(thread.flags.has) ?? true { thread.counter = cell }
    case .exchange(let register, let address):
      let cell = try checkedCell(thread.cell(at: address))
      (thread[register], cells[cell]) = (cells[cell], thread[register])
    case .fetchAndAdd(let register, let address):
      let cell = try checkedCell(thread.cell(at: address))
      let old = cells[cell]
      cells[cell] = try checked(old.addingReportingOverflow(thread[register]))
      thread[register] = old
    case .call(let cell):
      try push(thread.counter, &thread)
      thread.counter = cell
    case .return: thread.counter = try pop(&thread)
    case .push(let value): try push(thread.value(of: value), &thread)
    case .pushAddress(let address): try push(try thread.cell(at: address), &thread)
    case .pop(nil):
      thread[.sp] = try checked(thread[.sp].addingReportingOverflow(Assembly.wordSize))
    case .pop(let register?):
      let value = try pop(&thread)
      // Last, so that `pop %sp` leaves there what was on the stack.
      thread[register] = value
    case .yield: return .yield
    case .halt: return .halt
    case .nothing: break
    case .dumpRegisters:
      return .write(
        [Register.ax, .bx, .cx, .dx, .ex, .fx].map { "\($0.name)=\(thread[$0])" }
          .joined(separator: " ")
      )
    case .dumpCell(let cell):
      return .write("\(assembly.name(ofCell: cell))=\(cells[try checkedCell(cell)])")
    case .futexWait(let address, let register):
      let cell = try checkedCell(thread.cell(at: address))
      return cells[cell] == thread[register] ? .sleep(cell) : .none
    case .futexWake(let address, let most):
      return .wake(try checkedCell(thread.cell(at: address)), most)
    }
    return .none
  }

  private mutating func push(_ value: Int, _ thread: inout ThreadState) throws(Fault) {
    let cell = try checked(thread[.sp].subtractingReportingOverflow(Assembly.wordSize))
    cells[try checkedCell(cell)] = value
    thread[.sp] = cell
  }

  private func pop(_ thread: inout ThreadState) throws(Fault) -> Int {
    let value = cells[try checkedCell(thread[.sp])]
    thread[.sp] = try checked(thread[.sp].addingReportingOverflow(Assembly.wordSize))
    return value
  }

  /// A cell that can be read and written: it exists, and contains no instruction.
  func checkedCell(_ cell: Int) throws(Fault) -> Int {
    guard 0 <= cell, cell < cells.count else { throw .noCell(cell) }
    guard assembly.instruction(at: cell) == nil else { throw .code(cell) }
    return cell
  }
}
