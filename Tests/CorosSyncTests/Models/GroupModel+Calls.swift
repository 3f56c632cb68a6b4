import CorosKernel

// What comes of each call.

extension GroupModel {
  /// A call, as the task that makes it knows it; groups by the numbers in their names.
  enum Call {
    case openGroup(isAny: Bool)
    case spawn(Int, asServant: Bool)
    case next(Int, timeout: Tick?)
    case cancelGroup(Int, String)
    case closeGroup(Int, failure: String?)
    case openScope(timeout: Tick?, isShield: Bool)
    case closeScope(Int)
    case sleep(Tick)
    case yield
    case compute
    case cancel(TaskID, String)
    case kill(TaskID)
    case exit(Int)
    case setPriority(Int, TaskID?)
    // By the operator only.
    case stop(TaskID)
    case resume(TaskID)
    // What a task does instead of a call.
    case ends
    case throwsCause
    case throwsError
  }

  /// Makes a task that belongs to no group.
  mutating func create(by parent: TaskID, in home: Int? = nil) -> TaskID {
    lastTask += 1
    let task = TaskID(rawValue: lastTask)
    var member = Member()
    member.home = home
    member.priority = members[parent]?.priority ?? 0
    members[task] = member
    say(task, "is created by \(parent)")
    enqueue(task)
    return task
  }

  mutating func apply(_ call: Call, by task: TaskID) {
    switch call {
    case .ends: return leave(task, "exited 0")
    case .throwsError: return leave(task, "failed: boom")
    case .throwsCause: return leave(task, members[task]?.lastCause?.words ?? "no cause")
    default: break
    }
    say(task, "calls")
    if isPoint(call), let cause = members[task]?.pending {
      return refuse(task, cause, keepsTurn: true)
    }
    switch call {
    case .openGroup(let isAny):
      lastFamily += 1
      families[lastFamily] = Family(owner: task, scope: openScope(task), isAny: isAny)
      members[task]?.groups.append(lastFamily)
      opened[task] = lastFamily
      answer(task, "group \(lastFamily)", keepsTurn: true)
    case .spawn(let number, let isServant): spawn(in: number, isServant, by: task)
    case .next(let number, let timeout): takeNext(of: number, timeout, by: task)
    case .cancelGroup(let number, let reason):
      guard families[number] != nil else { return miss(task) }
      answer(task, "\(cancelFamily(number, reason, by: task))", keepsTurn: true)
    case .closeGroup(let number, let failure): close(number, failure, by: task)
    case .openScope(let timeout, let isShield):
      let timer = timeout.map { setTimer(after: $0) }
      answer(task, "\(openScope(task, isShield, timer))", keepsTurn: true)
    case .closeScope(let number):
      guard let cause = closeScope(number, of: task) else { return missScope(number, task) }
      answer(task, cause?.words ?? "none", keepsTurn: true)
    case .sleep(0), .yield: answer(task, "", keepsTurn: false)
    case .sleep(let ticks): block(task, .time, until: setTimer(after: ticks))
    case .compute: answer(task, "", keepsTurn: true)
    case .cancel(let target, let reason):
      answer(task, "\(cancel(target, Cause(by: task, reason: reason)))", keepsTurn: true)
    case .kill(let target):
      let running = task == .operator ? nil : task
      answer(task, "\(kill(target, by: task, running: running))", keepsTurn: true)
    case .exit(let code): end(task, "exited \(code)")
    case .setPriority(let priority, let target):
      let subject = target ?? task
      let isAlive = members[subject] != nil
      members[subject]?.priority = priority
      answer(task, "\(isAlive)", keepsTurn: true)
    case .stop(let target): answer(task, "\(stop(target))", keepsTurn: true)
    case .resume(let target): answer(task, "\(resume(target))", keepsTurn: true)
    case .ends, .throwsCause, .throwsError: break
    }
  }

  private mutating func leave(_ task: TaskID, _ status: String) { end(task, status) }

  private func isPoint(_ call: Call) -> Bool {
    switch call {
    case .next, .sleep, .yield, .compute: true
    default: false
    }
  }

  private mutating func miss(_ task: TaskID) {
    fail(task, "\(SystemCallError.noSuchObject)", keepsTurn: true)
  }

  private mutating func missScope(_ number: Int, _ task: TaskID, keepsTurn: Bool = true) {
    fail(task, "there is no cancel scope \(number) to leave", keepsTurn: keepsTurn)
  }

  // MARK: Scopes

  private mutating func openScope(
    _ task: TaskID,
    _ isShield: Bool = false,
    _ timer: Timer? = nil
  ) -> Int {
    let number = (members[task]?.lastScope ?? 0) + 1
    members[task]?.lastScope = number
    members[task]?.scopes.append(Scope(number: number, isShield: isShield, timer: timer))
    return number
  }

  /// Leaves a scope and those inside it; why it was cancelled, and nil when the task is not in it.
  private mutating func closeScope(_ number: Int, of task: TaskID) -> Cause?? {
    guard number > 0,
      let index = members[task]?.scopes.firstIndex(where: { $0.number == number })
    else { return nil }
    let cause = members[task]?.scopes[index].cause
    members[task]?.scopes.removeSubrange(index...)
    return .some(cause)
  }

  // MARK: Groups

  private mutating func spawn(in number: Int, _ isServant: Bool, by task: TaskID) {
    guard let family = families[number] else { return miss(task) }
    if family.isClosing { return fail(task, "group \(number) is closed", keepsTurn: true) }
    let child = create(by: task, in: number)
    families[number]?.children.append((child, isServant))
    if let reason = family.reason { cancel(child, Cause(by: task, reason: reason)) }
    answer(task, "\(child)", keepsTurn: true)
  }

  /// Whether a task may do what only the task of a group may; if not, its call fails.
  private mutating func owns(_ number: Int, _ task: TaskID) -> Bool {
    guard let family = families[number] else {
      miss(task)
      return false
    }
    if family.owner == task { return true }
    fail(task, "group \(number) is held by task \(family.owner)", keepsTurn: true)
    return false
  }

  private mutating func takeNext(of number: Int, _ timeout: Tick?, by task: TaskID) {
    guard owns(number, task), let family = families[number] else { return }
    if let next = family.ended.first {
      families[number]?.ended.removeFirst()
      answer(task, next, keepsTurn: true)
    } else if family.workers == 0 {
      answer(task, "none", keepsTurn: true)
    } else {
      block(task, .next(number), until: timeout.map { setTimer(after: $0) })
    }
  }

  private mutating func close(_ number: Int, _ failure: String?, by task: TaskID) {
    guard owns(number, task) else { return }
    families[number]?.isClosing = true
    if let reason = failure ?? members[task]?.pending?.reason {
      cancelFamily(number, reason, by: task)
    }
    review(number, by: task)
    waitOrClose(number, task, keepsTurn: true)
  }

  mutating func waitOrClose(_ number: Int, _ task: TaskID, keepsTurn: Bool) {
    guard let family = families[number] else { return }
    guard family.children.isEmpty else { return block(task, .close(number), until: nil) }
    families[number] = nil
    members[task]?.groups.removeAll { $0 == number }
    guard closeScope(family.scope, of: task) != nil else {
      return missScope(family.scope, task, keepsTurn: keepsTurn)
    }
    let failures = family.hasWinner ? [] : family.failures
    let outcome =
      failures.isEmpty
      ? family.reason == nil ? "all ended well" : "cancelled" : failures.joined(separator: "; ")
    answer(task, outcome, keepsTurn: keepsTurn)
  }

  /// Cancels the children, the oldest first, and the body; false when that was done before.
  @discardableResult
  mutating func cancelFamily(_ number: Int, _ reason: String, by task: TaskID) -> Bool {
    guard let family = families[number], family.reason == nil else { return false }
    families[number]?.reason = reason
    let cause = Cause(by: task, reason: reason)
    for child in family.children { cancel(child.task, cause) }
    if !family.isClosing { cancel(family.owner, scope: family.scope, cause) }
    return true
  }

  /// Dismisses servants, and lets the owner go on that waits for what has come.
  mutating func review(_ number: Int, by task: TaskID) {
    guard let family = families[number] else { return }
    if family.isClosing, family.workers == 0, !family.children.isEmpty {
      cancelFamily(number, "nobody is left to serve", by: task)
    }
    guard let family = families[number] else { return }
    switch members[family.owner]?.wait {
    case .next(number) where !family.ended.isEmpty || family.workers == 0:
      wake(family.owner, .signal)
    case .close(number) where family.children.isEmpty: wake(family.owner, .signal)
    default: if family.children.isEmpty, members[family.owner] == nil { families[number] = nil }
    }
  }
}
