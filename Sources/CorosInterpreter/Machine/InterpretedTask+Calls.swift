import CorosKernel
import CorosSync

// The calls of the kernel, and their answers.

extension InterpretedTask {
  /// The most ticks that a call may wait; nil for ever.
  private func timeout(_ call: CallCode) throws(ProgramFailure) -> Tick? {
    if call.within == Instruction.none { return nil }
    let ticks = value(call.within)
    guard ticks >= 0 else { throw failure("a time cannot be negative: \(ticks)") }
    return ticks
  }

  mutating func trap(_ call: CallCode) throws(ProgramFailure) -> Trap {
    let timeout = try timeout(call)
    // An answer that says no more than that all went well is not passed on.
    if call.result != Instruction.none { frame[Int(call.result)] = 1 }
    let object: Link? =
      call.symbol == Instruction.none ? nil : try link(call.symbol, call.index)
    switch (call.kind, object) {
    case (.lock, .mutex(let mutex)?): return trap(Lock(mutex, timeout: timeout))
    case (.tryLock, .mutex(let mutex)?): return trap(TryLock(mutex))
    case (.unlock, .mutex(let mutex)?): return trap(Unlock(mutex))
    case (.unlockRW, .rwlock(let lock)?): return trap(UnlockRW(lock))
    case (.readLock, .rwlock(let lock)?):
      return trap(LockRW(lock, toWrite: false, timeout: timeout))
    case (.writeLock, .rwlock(let lock)?):
      return trap(LockRW(lock, toWrite: true, timeout: timeout))
    case (.down, .semaphore(let semaphore)?): return trap(Acquire(semaphore, timeout: timeout))
    case (.tryDown, .semaphore(let semaphore)?): return trap(TryAcquire(semaphore))
    case (.up, .semaphore(let semaphore)?): return trap(Release(semaphore))
    case (.waitCondition, .condition(let condition)?):
      return trap(CondWait(condition, timeout: timeout))
    case (.signal, .condition(let condition)?): return trap(Notify(condition))
    case (.broadcast, .condition(let condition)?): return trap(Notify(condition, all: true))
    case (.waitEvent, .event(let event)?): return trap(WaitEvent(event, timeout: timeout))
    case (.set, .event(let event)?): return trap(SetEvent(event))
    case (.clear, .event(let event)?): return trap(ClearEvent(event))
    case (.arrive, .barrier(let barrier)?): return trap(Arrive(barrier, timeout: timeout))
    case (.send, .channel(let channel)?):
      return trap(Send(value(call.value), on: channel, timeout: timeout))
    case (.receive, .channel(let channel)?): return trap(Receive(from: channel, timeout: timeout))
    case (.close, .channel(let channel)?): return trap(Close(channel))
    case (.yield, _): return leaving.isEmpty ? .yield : trap(Yield())
    case (.sleep, _):
      let ticks = value(call.value)
      guard ticks >= 0 else { throw failure("a time cannot be negative: \(ticks)") }
      return trap(Sleep(ticks))
    case (.waitTask, _): return trap(WaitTask(task(call.value), timeout: timeout))
    case (.cancel, _): return trap(CancelTask(task(call.value)))
    case (.tell, _): return trap(SendMessage(value(call.value), to: task(call.task)))
    case (.hear, _):
      let sender = call.task == Instruction.none ? nil : task(call.task)
      return trap(ReceiveMessage(timeout: timeout) { Self.number(in: $0, from: sender) })
    case (.spawn, _):
      return trap(
        SpawnProgram(
          call.program,
          call.arguments.map(value),
          in: call.group == Instruction.none ? nil : Group(bits: value(call.group)),
          asServant: call.isServant
        )
      )
    case (.write, _): return trap(Write(text(code.writings[Int(call.value)])))
    case (.exit, _): return trap(Exit(value(call.value)))
    case (.select, _): return trap(try select(code.selects[Int(call.value)]))
    case (.openScope, _): return trap(OpenScope(timeout: timeout))
    case (.openShield, _): return trap(OpenScope(isShield: true))
    case (.openGroup, _): return trap(OpenGroup())
    case (.closeGroup, _): return trap(CloseGroup(Group(bits: value(call.value))))
    case (.closeScope, _): return trap(CloseScope(value(call.value)))
    default: throw failure("this object is of another kind")
    }
  }

  private func select(_ select: Code.SelectCode) throws(ProgramFailure) -> Select {
    var alternatives: [Select.Alternative] = []
    for way in select.ways {
      switch (way.kind, try link(way.symbol, way.index)) {
      case (.receive, .channel(let channel)): alternatives.append(.receive(from: channel))
      case (.send, .channel(let channel)):
        alternatives.append(.send(value(way.value), on: channel))
      case (.down, .semaphore(let semaphore)): alternatives.append(.acquire(semaphore))
      case (.waitEvent, .event(let event)): alternatives.append(.event(event))
      default: throw failure("this object is of another kind")
      }
    }
    let after = select.after == Instruction.none ? nil : max(0, value(select.after))
    return Select(alternatives, waits: select.waits, timeout: after)
  }

  /// Makes the second call of waiting on a condition.
  mutating func trapAgain(_ call: CallCode) throws(ProgramFailure) -> Trap {
    guard case .condition(let condition) = try link(call.symbol, call.index) else {
      throw failure("this object is of another kind")
    }
    let outcome: CondWait.Outcome =
      if let cancellation { .cancelled(cancellation) } else { isTimedOut ? .timedOut : .notified }
    return trap(Relock(condition, after: outcome))
  }

  /// Whether the wait on a condition ended by its time: noted in the deadline, which conditions have no use for.
  private var isTimedOut: Bool { deadline == 0 }

  /// The number that a message brings: one that a program has told, or that the operator has sent as text.
  private static func number(in message: Message, from sender: TaskID?) -> Int? {
    guard sender == nil || message.sender == sender else { return nil }
    return message.value(Int.self) ?? message.value(String.self).flatMap(Int.init)
  }

  private func task(_ register: Int32) -> TaskID {
    TaskID(rawValue: max(0, value(register)))
  }

  private func text(_ parts: [Code.WritePart]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .register(let register, let kind):
        kind.isTruth ? String(value(register) != 0) : String(value(register))
      }
    }
    .joined(separator: " ")
  }

  // MARK: Answers

  /// The call at which it stands.
  private var callInProgress: CallCode? {
    guard pc >= 0 else { return nil }
    let next = code.instructions[Int(pc)]
    return next.operation == .call ? code.calls[Int(next.a)] : nil
  }

  /// Takes the reply to a call.
  mutating func take(_ reply: Any) throws(ProgramFailure) {
    guard let call = callInProgress else { return }
    var result = 1
    switch call.kind {
    case .tryLock, .tryDown, .tell: result = reply as? Bool == true ? 1 : 0
    case .hear: frame[Int(call.target)] = reply as? Int ?? 0
    case .signal, .arrive, .broadcast: result = reply as? Int ?? 0
    case .spawn: result = (reply as? TaskID)?.rawValue ?? 0
    case .waitTask:
      if case .exited(let code)? = reply as? ExitStatus { result = code } else { result = -1 }
    case .receive:
      let received = reply as? Received<Int>
      if received == nil, call.result == Instruction.none {
        throw failure("\(code.symbols[Int(call.symbol)].name) is closed, and nothing is left in it")
      }
      frame[Int(call.target)] = received?.value ?? 0
      result = received == nil ? 0 : 1
    case .select: result = try take(reply as? Select.Choice, code.selects[Int(call.value)])
    case .openScope, .openShield: result = reply as? Int ?? 0
    case .openGroup: result = (reply as? Group)?.bits ?? 0
    case .closeGroup:
      guard let outcome = reply as? CloseGroup.Outcome else { return }
      if !outcome.failures.isEmpty {
        throw failure(outcome.failures.map(\.description).joined(separator: "; "))
      }
      cancellation = outcome.pending
    case .waitCondition:
      switch reply as? CondWait.Outcome {
      case .timedOut?: deadline = 0
      case .cancelled(let error)?: cancellation = error
      default: break
      }
    default: break
    }
    if call.result != Instruction.none { frame[Int(call.result)] = result }
  }

  /// Takes what a select has brought.
  ///
  /// - Returns: Which alternative came first; the number after the last when none did.
  private mutating func take(
    _ choice: Select.Choice?,
    _ select: Code.SelectCode
  ) throws(ProgramFailure) -> Int {
    guard let choice, let index = choice.index else { return select.ways.count }
    let way = select.ways[index]
    if way.kind == .receive {
      guard let value = choice.received(Int.self) else {
        throw failure("\(code.symbols[Int(way.symbol)].name) is closed, and nothing is left in it")
      }
      frame[Int(way.target)] = value
    }
    return index
  }

  /// Whether it goes on after a failure of its call: it asks for the outcome of what took too long.
  mutating func goOn(after error: any Error) -> Bool {
    guard let timedOut = error as? SystemCallError, timedOut == .timedOut,
      let call = callInProgress, call.result != Instruction.none
    else { return false }
    frame[Int(call.result)] = 0
    return true
  }

  /// Sees to how a wait on a condition ended, now that it has the mutex again.
  mutating func finishWait(_ call: CallCode) throws {
    if let cancellation {
      self.cancellation = nil
      throw cancellation
    }
    guard isTimedOut else { return }
    deadline = -1
    if call.result == Instruction.none { throw failure(SystemCallError.timedOut.description) }
    frame[Int(call.result)] = 0
  }
}
