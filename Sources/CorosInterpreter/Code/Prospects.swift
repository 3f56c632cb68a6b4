import CorosKernel
import CorosSync

/// What a task of a program may still do, for each place at which it can stand.
///
/// Read off the code: an index that is worked out may name any element, and every branch may be taken.
final class Prospects {
  private let code: Code
  /// What each instruction does.
  private var own: [Prospect.Deeds] = []
  /// What may be done from each instruction on.
  private var later: [Prospect.Deeds] = []
  /// What has been asked for: for tasks that go on behind a place, and then for those that wait there.
  private var known: [Prospect?]

  /// Looks through the code of a program.
  init(_ code: Code) {
    self.code = code
    known = Array(repeating: nil, count: 2 * (code.instructions.count + 1))
    own = code.instructions.indices.map(deeds(of:))
    later = own
    var changes = true
    while changes {
      changes = false
      for place in later.indices.reversed() {
        var all = later[place]
        for way in ways(from: place) { all.formUnion(later[way]) }
        if all != later[place] {
          later[place] = all
          changes = true
        }
      }
    }
  }

  /// What a task may do.
  ///
  /// - Parameters:
  ///   - pc: where it stands; -1 before the first instruction.
  ///   - isMet: whether it is done with that.
  ///   - isWaiting: whether it waits there.
  /// - Returns: what its next step may do, and what all may do.
  func prospect(at pc: Int32, isMet: Bool, isWaiting: Bool) -> Prospect {
    let isThere = pc >= 0 && (isWaiting || !isMet)
    let index = 2 * (Int(pc) + 1) + (isThere ? 1 : 0)
    if let prospect = known[index] { return prospect }
    let start = min(isThere ? Int(pc) : Int(pc) + 1, later.count - 1)
    let prospect = Prospect(next: next(from: start), all: later[start])
    known[index] = prospect
    return prospect
  }

  // MARK: Ways

  /// Where a program can go on behind an instruction.
  private func ways(from place: Int) -> [Int] {
    let next = code.instructions[place]
    var ways: [Int] =
      switch next.operation {
      case .jump: [Int(next.a)]
      case .jumpIfFalse, .jumpIfTrue: [place + 1, Int(next.b)]
      case .end, .timeOut: []
      default: [place + 1]
      }
    for handler in code.handlers where handler.range.contains(Int32(place)) {
      ways.append(Int(handler.target))
    }
    return ways.filter { $0 < code.instructions.count }
  }

  /// All that the next step may do: local work, and then one act.
  private func next(from start: Int) -> Prospect.Deeds {
    var deeds = Prospect.Deeds()
    var places = [start]
    var seen = Set(places)
    while let place = places.popLast() {
      deeds.formUnion(own[place])
      switch code.instructions[place].operation {
      // A round that has acted ends without a step, so that the next one belongs to this step, too.
      case .read, .write, .enter, .call, .relock, .end, .timeOut: continue
      case .atomic, .await, .assert:
        var inside = place + 1
        while code.instructions[inside].operation != .endAtomic {
          deeds.formUnion(own[inside])
          inside += 1
        }
      default:
        for way in ways(from: place) where seen.insert(way).inserted { places.append(way) }
      }
    }
    return deeds
  }

  // MARK: What an instruction does

  private func deeds(of place: Int) -> Prospect.Deeds {
    var deeds = Prospect.Deeds()
    let next = code.instructions[place]
    switch next.operation {
    case .read: touch(next.b, next.c, isChange: false, &deeds)
    case .write: touch(next.b, next.c, isChange: true, &deeds)
    case .enter, .leave:
      if let section = code.sections[Int(next.a)].object { deeds.change(section.id) }
    case .end, .timeOut: deeds.traits = .ends
    case .askTask: deeds.traits = .identity
    case .askTick, .choose: deeds.traits = .unsteady
    case .call, .relock: add(code.calls[Int(next.a)], &deeds)
    // A round that has not acted ends with a step that nobody sees.
    default: break
    }
    return deeds
  }

  private func add(_ call: CallCode, _ deeds: inout Prospect.Deeds) {
    if call.within != Instruction.none { deeds.traits.insert(.unsteady) }
    if call.symbol != Instruction.none { touch(call.symbol, call.index, isChange: true, &deeds) }
    switch call.kind {
    case .exit: deeds.traits.insert(.ends)
    case .waitTask: deeds.traits.formUnion([.tasks, .identity])
    case .spawn: deeds.traits.formUnion([.unknown, .identity])
    case .tell, .hear: deeds.traits.formUnion([.unknown, .identity])
    case .sleep, .cancel, .openScope, .openShield, .closeScope, .openGroup, .closeGroup:
      deeds.traits.insert(.unsteady)
    case .select:
      let select = code.selects[Int(call.value)]
      if select.after != Instruction.none { deeds.traits.insert(.unsteady) }
      for way in select.ways { touch(way.symbol, way.index, isChange: true, &deeds) }
    case .lock, .unlock, .unlockRW, .readLock, .writeLock, .down, .up, .waitCondition, .waitEvent,
      .signal, .broadcast, .arrive, .close, .set, .clear, .tryLock, .tryDown, .send, .receive,
      .yield, .write:
      break
    }
  }

  /// Notes the elements that a symbol and an index can name: all of them where the index is worked out.
  private func touch(
    _ symbol: Int32,
    _ index: Int32,
    isChange: Bool,
    _ deeds: inout Prospect.Deeds
  ) {
    let elements = code.symbols[Int(symbol)].elements
    if index == Instruction.none {
      touch(elements[0], isChange, &deeds)
    } else if index >= 0 {
      for element in elements { touch(element, isChange, &deeds) }
    } else if elements.indices.contains(code.constants[Int(~index)]) {
      touch(elements[code.constants[Int(~index)]], isChange, &deeds)
    }
  }

  private func touch(_ link: Link, _ isChange: Bool, _ deeds: inout Prospect.Deeds) {
    switch link {
    case .cell(let cell, _): isChange ? deeds.change(cell.id) : deeds.read(cell.id)
    case .mutex(let mutex): deeds.change(mutex.id)
    case .semaphore(let semaphore): deeds.change(semaphore.id)
    case .condition(let condition):
      deeds.change(condition.id)
      deeds.change(condition.mutex.id)
    case .channel(let channel): deeds.change(channel.id)
    case .barrier(let barrier): deeds.change(barrier.id)
    case .event(let event): deeds.change(event.id)
    case .rwlock(let lock): deeds.change(lock.id)
    }
  }
}
