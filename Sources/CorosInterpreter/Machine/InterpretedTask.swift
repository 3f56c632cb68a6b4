import CorosKernel
import CorosSync

/// A task that runs a typed program: a state machine, all of whose state is a value.
///
/// Between two steps it stands at the visible act of its last step. It goes on from there through local work to the
/// next act, and traps with that. Acts on shared cells it does itself, in the kernel: see `act(in:)`.
struct InterpretedTask: SteppedProgram, Hashable {
  let code: Code
  var frame: ContiguousArray<Int>
  /// The instruction at which it stands; -1 before the first.
  var pc: Int32 = -1
  /// Whether there was a visible act in the present round of the innermost loop.
  var hasActed = false
  /// Whether the condition that it waits for held when it looked.
  var isMet = true
  /// The critical sections that it leaves with its next act.
  var leaving: ContiguousArray<Int32> = []
  /// When the present wait for a condition ends; -1 for never.
  var deadline: Tick = -1
  /// Why it was cancelled while it waited on a condition.
  var cancellation: Cancelled?
  /// Why it fails as soon as the groups have ended in which it is.
  var failing: ProgramFailure?

  /// The most instructions of one step.
  static let most = 10_000

  init(_ code: Code, arguments: [Int]) {
    self.code = code
    frame = ContiguousArray(repeating: 0, count: code.frameSize)
    for (index, argument) in arguments.enumerated() { frame[index] = argument }
  }

  // MARK: Going on

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .start, .done: return _resume()
    case .reply(let reply):
      if let failing { return end(with: failing) }
      do throws(ProgramFailure) {
        try take(reply)
      } catch {
        return end(with: error)
      }
      return _resume()
    case .failure(let error):
      if let failing, !(error is Termination) { return end(with: failing) }
      isMet = true
      guard goOn(after: error) || handle(error) else { return end(with: located(error)) }
      return _resume()
    }
  }

  mutating func _resume() -> Trap {
    if isMet { pc += 1 } else { isMet = true }
    return run()
  }

  @inline(__always)
  func value(_ register: Int32) -> Int {
    register >= 0 ? frame[Int(register)] : code.constants[Int(~register)]
  }

  /// Runs to the next visible act, or to the end.
  private mutating func run() -> Trap {
    var left = Self.most
    do {
      while true {
        left -= 1
        if left == 0 { throw failure("a step of more than \(Self.most) operations") }
        let next = code.instructions[Int(pc)]
        switch next.operation {
        case .beginRound:
          if hasActed { frame[Int(next.a)] = 1 }
          hasActed = false
        case .endLoop:
          if frame[Int(next.a)] != 0 { hasActed = true }
          frame[Int(next.a)] = 0
        case .leave: leaving.append(next.a)
        case .finishWait: try finishWait(code.calls[Int(next.a)])
        case .timeOut: throw failure(SystemCallError.timedOut.description)
        case .end: return .returned
        case .read:
          hasActed = true
          return trap(ReadCell(try cell(next)))
        case .write:
          hasActed = true
          return trap(WriteCell(try cell(next), value(next.a)))
        case .nextRound:
          if !hasActed {
            hasActed = true
            return leaving.isEmpty ? .compute : trap(Compute())
          }
        case .atomic:
          hasActed = true
          return trap(AtomicBlock())
        case .await:
          hasActed = true
          return trap(AwaitCondition(code.conditions[Int(next.b)].text))
        case .assert:
          hasActed = true
          return trap(AssertCondition(code.assertions[Int(next.b)].text))
        case .enter:
          hasActed = true
          guard let section = code.sections[Int(next.a)].object else {
            throw failure("there is no such section")
          }
          return trap(EnterCritical(section))
        case .call:
          hasActed = true
          return try trap(code.calls[Int(next.a)])
        case .relock:
          return try trapAgain(code.calls[Int(next.a)])
        case .askTask, .askTick, .choose: return .call(Asking())
        default: try compute(next)
        }
        pc += 1
      }
    } catch {
      guard handle(error) else { return end(with: error) }
      // At most once for each part that is given up.
      return _resume()
    }
  }

  /// Ends the task with an error: after the groups in which it is, whose tasks are cancelled and waited for.
  private mutating func end(with error: any Error) -> Trap {
    guard let failure = error as? ProgramFailure,
      let group = code.groups.first(where: { $0.range.contains(pc) })
    else { return .threw(error) }
    failing = failure
    pc = group.close
    return trap(CloseGroup(Group(bits: value(group.group)), failure: failure.description))
  }

  /// Goes to where the program goes on when the error gives up a part of it; false when it does not.
  private mutating func handle(_ error: any Error) -> Bool {
    guard let error = error as? Cancelled,
      let handler = code.handlers.first(where: {
        $0.range.contains(pc)
          && ($0.scope == Instruction.none || value($0.scope) == error.scope)
      })
    else { return false }
    pc = handler.target - 1
    return true
  }

  /// Does one instruction of local work.
  @inline(__always)
  mutating func compute(_ next: Instruction) throws(ProgramFailure) {
    switch next.operation {
    case .move: frame[Int(next.a)] = value(next.b)
    case .add: try set(next, value(next.b).addingReportingOverflow(value(next.c)))
    case .subtract: try set(next, value(next.b).subtractingReportingOverflow(value(next.c)))
    case .multiply: try set(next, value(next.b).multipliedReportingOverflow(by: value(next.c)))
    case .divide:
      try checkDivisor(next)
      try set(next, value(next.b).dividedReportingOverflow(by: value(next.c)))
    case .remainder:
      try checkDivisor(next)
      try set(next, value(next.b).remainderReportingOverflow(dividingBy: value(next.c)))
    case .negate: try set(next, 0.subtractingReportingOverflow(value(next.b)))
    case .equal: frame[Int(next.a)] = value(next.b) == value(next.c) ? 1 : 0
    case .unequal: frame[Int(next.a)] = value(next.b) != value(next.c) ? 1 : 0
    case .less: frame[Int(next.a)] = value(next.b) < value(next.c) ? 1 : 0
    case .lessOrEqual: frame[Int(next.a)] = value(next.b) <= value(next.c) ? 1 : 0
    case .not: frame[Int(next.a)] = value(next.b) == 0 ? 1 : 0
    case .jump: pc = next.a - 1
    case .jumpIfFalse: if value(next.a) == 0 { pc = next.b - 1 }
    case .jumpIfTrue: if value(next.a) != 0 { pc = next.b - 1 }
    case .check: if value(next.a) == 0 { throw violation(code.assertions[Int(next.b)]) }
    default: break
    }
  }

  @inline(__always)
  private mutating func set(
    _ next: Instruction,
    _ result: (partialValue: Int, overflow: Bool)
  ) throws(ProgramFailure) {
    if result.overflow { throw failure("the result does not fit in 64 bits") }
    frame[Int(next.a)] = result.partialValue
  }

  private func checkDivisor(_ next: Instruction) throws(ProgramFailure) {
    if value(next.c) == 0 { throw failure("\(value(next.b)) is divided by 0") }
  }

  // MARK: Failures

  func failure(_ message: String) -> ProgramFailure {
    ProgramFailure(message: message, line: line ?? 1)
  }

  /// The error with the line in which it happened, unless it says so itself or ends the task from outside.
  private func located(_ error: any Error) -> any Error {
    if error is ProgramFailure || error is Termination || error is Cancelled { return error }
    return failure(String(describing: error))
  }

  private func violation(_ assertion: Code.Assertion) -> ProgramFailure {
    guard let sides = assertion.sides else { return failure("`\(assertion.text)` is false") }
    func shown(_ register: Int32) -> String {
      assertion.isTruth ? String(value(register) != 0) : String(value(register))
    }
    let values = "\(shown(sides.left)) \(sides.sign) \(shown(sides.right))"
    return failure("`\(assertion.text)` is false: \(values)")
  }

  // MARK: Elements

  /// Which element of a symbol an index names.
  @inline(__always)
  func link(_ symbol: Int32, _ index: Int32) throws(ProgramFailure) -> Link {
    if index == Instruction.none { return code.symbols[Int(symbol)].elements[0] }
    let elements = code.symbols[Int(symbol)].elements
    let number = value(index)
    guard elements.indices.contains(number) else {
      let name = code.symbols[Int(symbol)].name
      throw failure(
        "\(name)[\(number)] does not exist: \(name) has \(elements.count) elements, from 0"
      )
    }
    return elements[number]
  }

  @inline(__always)
  func cell(_ next: Instruction) throws(ProgramFailure) -> Object<SharedCell> {
    guard case .cell(let cell, _) = try link(next.b, next.c) else {
      throw failure("this is no shared cell")
    }
    return cell
  }

  // MARK: Traps

  @inline(__always)
  mutating func trap(_ call: some SystemCall) -> Trap {
    if leaving.isEmpty { return .call(call) }
    let sections = leaving.compactMap { code.sections[Int($0)].object }
    leaving = []
    return .call(Leaving(sections: ContiguousArray(sections), next: call))
  }
}
