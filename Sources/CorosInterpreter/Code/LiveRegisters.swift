/// The registers of a program that are still read, for each place at which a task can stand.
///
/// Two tasks at the same place that differ in other registers only do the same from there on. Found by going through
/// the code backwards until nothing changes; whether the present round of a loop has acted counts as one more register.
final class LiveRegisters {
  /// The registers that matter to a task, each list behind the one before: from `starts[place]` up to the next start.
  ///
  /// The first behind the frame stands for whether the round has acted.
  private let registers: ContiguousArray<Int32>
  private let starts: ContiguousArray<Int32>
  /// What stands for each place: that of another one where a task goes on in the same way.
  private let marks: ContiguousArray<Int32>
  /// How many places there are: before the first instruction, and behind each.
  private let places: Int

  /// Looks through the code of a program.
  init(_ code: Code) {
    let count = code.instructions.count
    places = count + 1
    var flow = Flow(code)
    flow.run()
    var registers: ContiguousArray<Int32> = []
    var starts: ContiguousArray<Int32> = []
    var marks: ContiguousArray<Int32> = []
    // First for tasks that have done the act at which they stand, then for those that are to look again.
    for place in 0..<places {
      starts.append(Int32(registers.count))
      registers += flow.registers(flow.behind(place - 1))
      marks.append(Self.mark(of: place - 1, code))
    }
    for place in 0..<count {
      starts.append(Int32(registers.count))
      registers += flow.registers(flow.before(place))
      // To look again is to do what a task does that comes there.
      let isPlain = code.handlers.isEmpty && code.groups.isEmpty
      marks.append(isPlain ? Int32(place) : Int32(places + count + place))
    }
    starts.append(Int32(registers.count))
    (self.registers, self.starts, self.marks) = (registers, starts, marks)
  }

  /// Hashes where a task goes on, and what matters to it.
  ///
  /// - Parameters:
  ///   - frame: its registers.
  ///   - pc: where it stands; -1 before the first instruction.
  ///   - isMet: whether it is done with that.
  ///   - hasActed: whether it has acted in the present round of a loop.
  ///   - hasher: what takes it in.
  @inline(__always)
  func hash(
    _ frame: ContiguousArray<Int>,
    at pc: Int32,
    isMet: Bool,
    hasActed: Bool,
    into hasher: inout Hasher
  ) {
    let place = isMet ? Int(pc) + 1 : places + Int(pc)
    hasher.combine(marks[place])
    for index in Int(starts[place])..<Int(starts[place + 1]) {
      let register = Int(registers[index])
      if register < frame.count {
        hasher.combine(frame[register])
      } else {
        hasher.combine(hasActed)
      }
    }
  }

  /// Behind an act that has no answer, the instruction at which a task goes on; behind others, the place itself.
  private static func mark(of pc: Int, _ code: Code) -> Int32 {
    let own = Int32(code.instructions.count + 1 + pc)
    // Where parts can be given up, the place itself says which.
    guard code.handlers.isEmpty, code.groups.isEmpty else { return own }
    if pc >= 0 {
      switch code.instructions[pc].operation {
      case .read, .write, .nextRound, .endAtomic, .enter: break
      default: return own
      }
    }
    var next = Int32(pc + 1)
    var most = code.instructions.count
    while most > 0, code.instructions[Int(next)].operation == .jump {
      next = code.instructions[Int(next)].a
      most -= 1
    }
    return next
  }
}

/// The search itself: sets of registers as words of bits.
private struct Flow {
  let code: Code
  /// The number of words in a set.
  let width: Int
  /// The register that stands for whether the round has acted.
  let hasActed: Int32
  /// What is read from each instruction on.
  var live: [UInt64]

  init(_ code: Code) {
    self.code = code
    hasActed = Int32(code.frameSize)
    width = code.frameSize / 64 + 1
    live = Array(repeating: 0, count: (code.instructions.count + 1) * width)
  }

  typealias Registers = [UInt64]

  mutating func run() {
    var changes = true
    while changes {
      changes = false
      for place in code.instructions.indices.reversed() {
        let now = before(place)
        let row = place * width..<(place + 1) * width
        if !live[row].elementsEqual(now) {
          live.replaceSubrange(row, with: now)
          changes = true
        }
      }
    }
  }

  /// The registers in a set.
  func registers(_ set: Registers) -> [Int32] {
    (0...hasActed).filter { contains(set, $0) }
  }

  private func contains(_ set: Registers, _ register: Int32) -> Bool {
    set[Int(register) / 64] & 1 << UInt64(register % 64) != 0
  }

  private func insert(_ register: Int32, into set: inout Registers) {
    // Constants lie below 0.
    if register >= 0 { set[Int(register) / 64] |= 1 << UInt64(register % 64) }
  }

  private func remove(_ register: Int32, from set: inout Registers) {
    if register >= 0 { set[Int(register) / 64] &= ~(1 << UInt64(register % 64)) }
  }

  private func unite(_ place: Int, into set: inout Registers) {
    guard place < code.instructions.count else { return }
    for word in 0..<width { set[word] |= live[place * width + word] }
  }

  // MARK: Behind an instruction

  /// What is read after an instruction was carried out, by a call before its answer.
  func behind(_ place: Int) -> Registers {
    var set = Registers(repeating: 0, count: width)
    guard place >= 0 else {
      unite(0, into: &set)
      return set
    }
    let next = code.instructions[place]
    switch next.operation {
    case .end, .timeOut: break
    case .jump: unite(Int(next.a), into: &set)
    case .jumpIfFalse, .jumpIfTrue:
      unite(Int(next.b), into: &set)
      unite(place + 1, into: &set)
    default: unite(place + 1, into: &set)
    }
    if next.operation == .call { takeAnswer(code.calls[Int(next.a)], from: &set) }
    // An error may end a part here, or the program.
    for handler in code.handlers where handler.range.contains(Int32(place)) {
      insert(handler.scope, into: &set)
      unite(Int(handler.target), into: &set)
    }
    for group in code.groups where group.range.contains(Int32(place)) {
      insert(group.group, into: &set)
    }
    return set
  }

  /// An answer replaces what was in the registers for it; while a call waits, the machine stands for what it says.
  private func takeAnswer(_ call: CallCode, from set: inout Registers) {
    remove(call.result, from: &set)
    if call.within == Instruction.none { remove(call.target, from: &set) }
    switch call.kind {
    case .send, .select, .hear, .closeGroup, .waitCondition: insertOperands(of: call, into: &set)
    default: break
    }
  }

  // MARK: Before an instruction

  /// What is read from an instruction on.
  func before(_ place: Int) -> Registers {
    var set = behind(place)
    let next = code.instructions[place]
    switch next.operation {
    case .move, .negate, .not: replace(next.a, by: [next.b], in: &set)
    case .add, .subtract, .multiply, .divide, .remainder, .equal, .unequal, .less, .lessOrEqual,
      .choose:
      replace(next.a, by: [next.b, next.c], in: &set)
    case .jumpIfFalse, .jumpIfTrue, .test: insert(next.a, into: &set)
    case .check:
      insert(next.a, into: &set)
      if let sides = code.assertions[Int(next.b)].sides {
        insert(sides.left, into: &set)
        insert(sides.right, into: &set)
      }
    case .askTask, .askTick: remove(next.a, from: &set)
    case .read:
      remove(hasActed, from: &set)
      replace(next.a, by: [next.c], in: &set)
    case .write: replace(hasActed, by: [next.a, next.c], in: &set)
    case .atomic, .await, .assert, .enter: remove(hasActed, from: &set)
    case .call:
      remove(hasActed, from: &set)
      insertOperands(of: code.calls[Int(next.a)], into: &set)
    case .relock: insert(code.calls[Int(next.a)].index, into: &set)
    case .beginRound: replace(hasActed, by: contains(set, next.a) ? [hasActed] : [], in: &set)
    case .nextRound: insert(hasActed, into: &set)
    case .endLoop:
      replace(next.a, by: contains(set, hasActed) ? [next.a] : [], in: &set)
    case .jump, .leave, .endAtomic, .finishWait, .timeOut, .end: break
    }
    return set
  }

  /// Notes that an instruction writes a register, and reads others before.
  private func replace(_ register: Int32, by others: [Int32], in set: inout Registers) {
    remove(register, from: &set)
    for other in others { insert(other, into: &set) }
  }

  /// The registers that a call reads.
  private func insertOperands(of call: CallCode, into set: inout Registers) {
    for register in [call.index, call.task, call.within, call.group] + call.arguments {
      insert(register, into: &set)
    }
    switch call.kind {
    case .write:
      for case .register(let register, _) in code.writings[Int(call.value)] {
        insert(register, into: &set)
      }
    case .select:
      let select = code.selects[Int(call.value)]
      insert(select.after, into: &set)
      for way in select.ways {
        insert(way.index, into: &set)
        insert(way.value, into: &set)
      }
    default: insert(call.value, into: &set)
    }
  }
}
