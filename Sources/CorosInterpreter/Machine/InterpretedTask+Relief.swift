import CorosKernel
import CorosSync

// What a program that waits needs, and where another program does that.

extension InterpretedTask {
  var condition: String? {
    guard pc >= 0 else { return nil }
    let next = code.instructions[Int(pc)]
    return next.operation == .await ? code.conditions[Int(next.b)].text : nil
  }

  func relief(of waiter: any SteppedProgram) -> Relief? {
    guard let waiter = waiter as? InterpretedTask else { return nil }
    let needs = waiter.needs
    guard !needs.isEmpty else { return nil }
    var spawning: Relief?
    var places = [(pc: max(0, pc), isCertain: true)]
    var seen = Set([places[0].pc])
    var index = 0
    while index < places.count {
      let (place, isCertain) = places[index]
      index += 1
      let next = code.instructions[Int(place)]
      if let deed = deed(next, for: needs) {
        return Relief(line: Int(code.lines[Int(place)]), deed: deed, isCertain: isCertain)
      }
      if spawning == nil, next.operation == .call, code.calls[Int(next.a)].kind == .spawn {
        spawning = Relief(
          line: Int(code.lines[Int(place)]),
          deed: "create a task, '\(code.calls[Int(next.a)].program)'",
          isCertain: isCertain,
          isByOthers: true
        )
      }
      let ways = ways(from: place, next)
      for way in ways where seen.insert(way).inserted {
        places.append((way, isCertain && ways.count == 1))
      }
    }
    return spawning
  }

  /// Where a program can go on behind an instruction.
  private func ways(from place: Int32, _ next: Instruction) -> [Int32] {
    switch next.operation {
    case .jump: [next.a]
    case .jumpIfFalse, .jumpIfTrue: [place + 1, next.b]
    case .end, .timeOut: []
    case .call where code.calls[Int(next.a)].kind == .exit: []
    default: [place + 1]
    }
  }

  // MARK: What a program needs that waits

  /// An act on one of some objects.
  private struct Need {
    /// The calls that help; nil for a store.
    var kinds: Set<CallCode.Kind>?
    /// The objects; empty for calls on none.
    var links: Set<Link> = []
  }

  private var needs: [Need] {
    guard pc >= 0 else { return [] }
    let next = code.instructions[Int(pc)]
    switch next.operation {
    case .await: return [Need(kinds: nil, links: conditionCells)]
    case .relock: return needs(of: code.calls[Int(next.a)], isSecond: true)
    case .call:
      let call = code.calls[Int(next.a)]
      guard call.kind == .select else { return needs(of: call) }
      return code.selects[Int(call.value)].ways.flatMap { needs(of: $0) }
    default: return []
    }
  }

  /// The cells that the condition reads at which it stands.
  private var conditionCells: Set<Link> {
    var cells: Set<Link> = []
    var place = Int(pc) + 1
    while code.instructions[place].operation != .test {
      let next = code.instructions[place]
      if next.operation == .read { cells.formUnion(links(next.b, next.c)) }
      place += 1
    }
    return cells
  }

  private func needs(of call: CallCode, isSecond: Bool = false) -> [Need] {
    let kinds: Set<CallCode.Kind>
    switch call.kind {
    case .lock: kinds = [.unlock]
    case .readLock, .writeLock: kinds = [.unlockRW]
    case .down: kinds = [.up]
    case .waitCondition:
      // Notified, it waits for the mutex.
      guard isSecond else {
        kinds = [.signal, .broadcast]
        break
      }
      let mutexes = links(call.symbol, call.index).compactMap { link -> Link? in
        if case .condition(let condition) = link { .mutex(condition.mutex) } else { nil }
      }
      return [Need(kinds: [.unlock], links: Set(mutexes))]
    case .waitEvent: kinds = [.set]
    case .arrive: kinds = [.arrive]
    case .send: kinds = [.receive]
    case .receive: kinds = [.send, .close]
    case .hear: return [Need(kinds: [.tell])]
    default: return []
    }
    return [Need(kinds: kinds, links: links(call.symbol, call.index))]
  }

  // MARK: What an instruction does

  /// What an instruction does for one of the needs, in the infinitive; nil when it does nothing for them.
  private func deed(_ next: Instruction, for needs: [Need]) -> String? {
    switch next.operation {
    case .write:
      let links = links(next.b, next.c)
      let helps = needs.contains { $0.kinds == nil && !$0.links.isDisjoint(with: links) }
      return helps ? "write \(fixedName(next.b, next.c))" : nil
    case .call:
      let call = code.calls[Int(next.a)]
      if call.kind == .select {
        return code.selects[Int(call.value)].ways.lazy.compactMap { deed($0, for: needs) }.first
      }
      return deed(call, for: needs)
    default: return nil
    }
  }

  private func deed(_ call: CallCode, for needs: [Need]) -> String? {
    var (kind, links) = (call.kind, Set<Link>())
    if call.symbol != Instruction.none { links = self.links(call.symbol, call.index) }
    if kind == .waitCondition {
      // It gives the mutex back meanwhile.
      kind = .unlock
      links = Set(
        links.compactMap { link -> Link? in
          if case .condition(let condition) = link { .mutex(condition.mutex) } else { nil }
        }
      )
    }
    let helps = needs.contains { need in
      need.kinds?.contains(kind) == true
        && (need.links.isEmpty || !need.links.isDisjoint(with: links))
    }
    guard helps else { return nil }
    let name = call.symbol == Instruction.none ? "" : fixedName(call.symbol, call.index)
    return switch call.kind {
    case .unlock, .unlockRW: "give \(name) back"
    case .waitCondition: "give its mutex back, to wait for \(name)"
    case .up: "give a permit of \(name)"
    case .signal, .broadcast: "notify \(name)"
    case .set: "set \(name)"
    case .arrive: "arrive at \(name)"
    case .send: "send on \(name)"
    case .receive: "receive from \(name)"
    case .close: "close \(name)"
    default: "send a message"
    }
  }

  // MARK: Elements

  /// The objects that a symbol and an index can name at any time: all of an array when the index is no constant.
  private func links(_ symbol: Int32, _ index: Int32) -> Set<Link> {
    let elements = code.symbols[Int(symbol)].elements
    if index == Instruction.none { return [elements[0]] }
    if index >= 0 { return Set(elements) }
    let number = value(index)
    return elements.indices.contains(number) ? [elements[number]] : []
  }

  /// An element as it is called when the index is not known yet.
  private func fixedName(_ symbol: Int32, _ index: Int32) -> String {
    let name = code.symbols[Int(symbol)].name
    if index == Instruction.none { return name }
    return index >= 0 ? "an element of \(name)" : "\(name)[\(value(index))]"
  }
}
