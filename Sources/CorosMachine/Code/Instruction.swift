/// The address of a cell: a number, plus a register, plus a second register times a factor.
struct Address: Hashable, Sendable {
  var number = 0
  var base: Register?
  var index: Register?
  var scale = 1
}

/// A constant, or what a register contains.
enum Value: Hashable, Sendable {
  case constant(Int)
  case register(Register)
}

/// An instruction: one step of a thread.
///
/// Its text is in `Assembly`.
enum Instruction: Hashable, Sendable {
  enum Operation: String {
    case add, sub, mul

    func callAsFunction(_ first: Int, _ second: Int) throws(Fault) -> Int {
      switch self {
      case .add: try checked(first.addingReportingOverflow(second))
      case .sub: try checked(first.subtractingReportingOverflow(second))
      case .mul: try checked(first.multipliedReportingOverflow(by: second))
      }
    }
  }

  case set(Register, Value)
  case load(Register, Address)
  case store(Value, Address)
  case loadAddress(Register, Address)
  case calculate(Operation, Value, Register)
  case negate(Register)
  /// Compares the second value with the first.
  case test(Value, Value)
  /// Goes on elsewhere, if the flag is set, or without a condition.
  case jump(Flags.Condition?, to: Int)
  case exchange(Register, Address)
  case fetchAndAdd(Register, Address)
  case call(Int)
  case `return`
  case push(Value)
  case pushAddress(Address)
  case pop(Register?)
  case yield
  case halt
  case nothing
  case dumpRegisters
  case dumpCell(Int)
  /// Sleeps if the cell contains what the register does.
  case futexWait(Address, Register)
  /// Wakes at most so many of those that sleep at the cell.
  case futexWake(Address, Int)
}
