/// How an instruction is written.
struct InstructionForm: Sendable {
  let name: String
  /// The operands that it takes, for errors.
  let usage: String
  /// Whether its operand is a label, which is replaced by the cell that it names.
  var takesLabel = false
  /// Makes the instruction; nil when it does not take these operands.
  let make: @Sendable ([Operand]) -> Instruction?

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0) }
  )

  static var names: [String] { all.map(\.name) }

  static func named(_ name: Substring) -> InstructionForm? { byName[String(name)] }

  private static let all: [InstructionForm] =
    [
      InstructionForm(name: "mov", usage: "mov $1, %ax; mov 2000, %ax; mov %ax, 2000", make: move),
      InstructionForm(name: "lea", usage: "lea 8(%sp), %ax") { operands in
        guard case .memory(let address)? = operands.first, let register = target(operands) else {
          return nil
        }
        return .loadAddress(register, address)
      },
    ]
    + [Instruction.Operation.add, .sub, .mul].map { operation in
      InstructionForm(
        name: operation.rawValue,
        usage: "\(operation) $1, %ax; \(operation) %bx, %ax"
      ) { operands in
        guard let value = value(operands, 0), let register = target(operands) else { return nil }
        return .calculate(operation, value, register)
      }
    } + [
      InstructionForm(name: "neg", usage: "neg %ax") { operands in
        only(operands).map { .negate($0) }
      },
      InstructionForm(name: "test", usage: "test $1, %ax; test %bx, %ax; test %ax, $1") {
        operands in
        guard operands.count == 2, let first = value(operands, 0), let second = value(operands, 1)
        else { return nil }
        if case (.constant, .constant) = (first, second) { return nil }
        return .test(first, second)
      },
      InstructionForm(name: "j", usage: "j .label", takesLabel: true) { jump(nil, $0) },
    ]
    + Flags.Condition.allCases.map { condition in
      InstructionForm(
        name: "j\(condition.suffix)",
        usage: "j\(condition.suffix) .label",
        takesLabel: true
      ) { jump(condition, $0) }
    } + [
      InstructionForm(name: "xchg", usage: "xchg %ax, 2000") { operands in
        shared(operands).map { .exchange($0, $1) }
      },
      InstructionForm(name: "fetchadd", usage: "fetchadd %ax, 2000") { operands in
        shared(operands).map { .fetchAndAdd($0, $1) }
      },
      InstructionForm(name: "call", usage: "call .label", takesLabel: true) { operands in
        if case .constant(let cell)? = operands.first { .call(cell) } else { nil }
      },
      plain("ret", .return),
      InstructionForm(name: "push", usage: "push %ax; push 2000, which pushes the number 2000") {
        operands in
        guard operands.count == 1 else { return nil }
        return switch operands[0] {
        case .register(let register): .push(.register(register))
        case .memory(let address): .pushAddress(address)
        case .constant, .label: nil
        }
      },
      InstructionForm(name: "pop", usage: "pop %ax; pop") { operands in
        operands.isEmpty ? .pop(nil) : only(operands).map { .pop($0) }
      },
      plain("yield", .yield), plain("halt", .halt), plain("nop", .nothing),
      plain("rdump", .dumpRegisters),
      InstructionForm(name: "mdump", usage: "mdump 2000") { operands in
        guard operands.count == 1, case .memory(let address) = operands[0], address.base == nil,
          address.index == nil
        else { return nil }
        return .dumpCell(address.number)
      },
      InstructionForm(name: "futex-wait", usage: "futex-wait 2000, %ax") { operands in
        guard case .memory(let address)? = operands.first, let register = target(operands) else {
          return nil
        }
        return .futexWait(address, register)
      },
      InstructionForm(name: "futex-wake", usage: "futex-wake 2000; futex-wake 2000, $3") {
        operands in
        guard case .memory(let address)? = operands.first else { return nil }
        if operands.count == 1 { return .futexWake(address, 1) }
        guard operands.count == 2, case .constant(let most) = operands[1], most > 0 else {
          return nil
        }
        return .futexWake(address, most)
      },
    ]

  private static func plain(_ name: String, _ instruction: Instruction) -> InstructionForm {
    InstructionForm(name: name, usage: "\(name), without operands") { operands in
      operands.isEmpty ? instruction : nil
    }
  }

  @Sendable private static func move(_ operands: [Operand]) -> Instruction? {
    guard operands.count == 2 else { return nil }
    return switch (operands[0], operands[1]) {
    case (.constant(let number), .register(let register)): .set(register, .constant(number))
    case (.register(let source), .register(let register)): .set(register, .register(source))
    case (.memory(let address), .register(let register)): .load(register, address)
    case (.register(let source), .memory(let address)): .store(.register(source), address)
    case (.constant(let number), .memory(let address)): .store(.constant(number), address)
    default: nil
    }
  }

  private static func jump(_ condition: Flags.Condition?, _ operands: [Operand]) -> Instruction? {
    if case .constant(let cell)? = operands.first { .jump(condition, to: cell) } else { nil }
  }

  /// A constant or a register.
  private static func value(_ operands: [Operand], _ index: Int) -> Value? {
    guard operands.indices.contains(index) else { return nil }
    return switch operands[index] {
    case .constant(let number): .constant(number)
    case .register(let register): .register(register)
    case .memory, .label: nil
    }
  }

  /// The second and last operand, if it is a register.
  private static func target(_ operands: [Operand]) -> Register? {
    guard operands.count == 2, case .register(let register) = operands[1] else { return nil }
    return register
  }

  /// The only operand, if it is a register.
  private static func only(_ operands: [Operand]) -> Register? {
    guard operands.count == 1, case .register(let register) = operands[0] else { return nil }
    return register
  }

  /// A register and a cell.
  private static func shared(_ operands: [Operand]) -> (Register, Address)? {
    guard operands.count == 2, case .register(let register) = operands[0],
      case .memory(let address) = operands[1]
    else { return nil }
    return (register, address)
  }
}
