import CorosKernel
import CorosSync

// What debuggers ask.

extension InterpretedTask {
  var programName: String { code.name }

  var text: String { code.text }

  /// The line of the act at which it stands; nil before the first.
  var line: Int? { pc < 0 ? nil : Int(code.lines[Int(pc)]) }

  var variables: [SteppedVariable] {
    code.variables.filter { $0.range.contains(Int(max(0, pc))) }.map { variable in
      let value = frame[Int(variable.register)]
      return SteppedVariable(
        variable.name,
        variable.kind.isTruth ? .truth(value != 0) : .number(value)
      )
    }
  }

  var act: String? {
    guard pc >= 0 else { return nil }
    let next = code.instructions[Int(pc)]
    return switch next.operation {
    case .read: "reads \(name(next.b, next.c))"
    case .write: "writes \(name(next.b, next.c))"
    case .nextRound: "goes round"
    case .atomic: "runs an atomic block"
    case .await: "waits until \(code.conditions[Int(next.b)].text)"
    case .assert: "checks \(code.assertions[Int(next.b)].text)"
    case .enter: "enters the critical section \(code.sections[Int(next.a)].name)"
    case .call, .relock: act(code.calls[Int(next.a)])
    default: nil
    }
  }

  private func act(_ call: CallCode) -> String {
    let object = call.symbol == Instruction.none ? "" : " " + name(call.symbol, call.index)
    return switch call.kind {
    case .lock: "takes" + object
    case .tryLock: "tries to take" + object
    case .unlock, .unlockRW: "gives back" + object
    case .readLock: "takes\(object) to read"
    case .writeLock: "takes\(object) to write"
    case .down: "takes a permit of" + object
    case .tryDown: "tries to take a permit of" + object
    case .up: "gives a permit of" + object
    case .waitCondition, .waitEvent: "waits for" + object
    case .signal, .broadcast: "notifies" + object
    case .arrive: "arrives at" + object
    case .close: "closes" + object
    case .set: "sets" + object
    case .clear: "clears" + object
    case .send: "sends on" + object
    case .receive: "receives from" + object
    case .yield: "yields the CPU"
    case .sleep: "sleeps"
    case .waitTask: "waits for task \(value(call.value))"
    case .cancel: "cancels task \(value(call.value))"
    case .tell: "sends a message to task \(value(call.task))"
    case .hear:
      "waits for a message"
        + (call.task == Instruction.none ? "" : " of task \(value(call.task))")
    case .spawn: "creates a task, '\(call.program)'"
    case .write: "writes"
    case .exit: "exits"
    case .select: "waits for what comes first"
    case .openScope: "begins a part with a time limit"
    case .openShield: "begins a shielded part"
    case .closeScope: "ends a part"
    case .openGroup: "begins a group"
    case .closeGroup: "waits for the tasks of its group"
    }
  }

  /// An element of a symbol, as it is written.
  private func name(_ symbol: Int32, _ index: Int32) -> String {
    let name = code.symbols[Int(symbol)].name
    return index == Instruction.none ? name : "\(name)[\(value(index))]"
  }
}
