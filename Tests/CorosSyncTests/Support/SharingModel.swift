import CorosKernel

/// What the objects of a run should look like, worked out from its events by rules of its own.
///
/// It reads which call a task made, who was killed or cancelled, and who ran; it reads nothing of what the kernel did
/// about that. Simple lists stand for queues, and holders are listed in the order in which they got the object.
struct SharingModel {
  struct Entry: Equatable {
    let task: TaskID
    let mode: UInt8
    let deadline: Tick?
    let order: Int
  }

  struct Thing: Equatable {
    let kind: String
    var holders: [(task: TaskID, mode: UInt8)] = []
    var queue: [Entry] = []
    var value = 0
    var mark: TaskID?
    var told: TaskID?
    /// Of a channel: what lies in it, each value by its number in the order of sending; and how many were sent.
    var items: [Int] = []
    var sent = 0

    static func == (left: Thing, right: Thing) -> Bool {
      left.holders.map(\.task) == right.holders.map(\.task) && left.queue == right.queue
        && left.value == right.value
    }
  }

  /// Who of those who wait goes first; among equals it is who began to wait first.
  enum Rule {
    case arrival
    case priority
    /// By priority, where who holds a lock has at least the priority of those who wait for it.
    case lentPriority
  }

  var rule = Rule.arrival
  private var priorities: [TaskID: Int] = [:]
  private(set) var things: [String: Thing] = [:]
  private let names: [String]
  /// What each task holds, in the order in which it got it.
  private var held: [TaskID: [String]] = [:]
  /// What a task has been given since it last ran: permits by name, and holds.
  private var undelivered: [TaskID: [String]] = [:]
  private var undeliveredItems: [TaskID: (name: String, item: Int)] = [:]
  private var freshHolds: [TaskID: Set<String>] = [:]
  private var cancelled: Set<TaskID> = []
  private var order = 0

  init(_ things: [(name: String, kind: String, value: Int)]) {
    names = things.map(\.name)
    for thing in things { self.things[thing.name] = Thing(kind: thing.kind, value: thing.value) }
  }

  // MARK: Events

  mutating func follow(_ event: Event) {
    switch event.action {
    case .spawned: priorities[event.task] = 0
    case .dispatched:
      expire(at: event.tick)
      undelivered[event.task] = nil
      undeliveredItems[event.task] = nil
      freshHolds[event.task] = nil
    case .woke(because: "its time came"): expire(at: event.tick)
    case .trapped(let call) where call.name == "SetPriority":
      let numbers = call.arguments.split { !$0.isNumber }.compactMap { Int($0) }
      let target = numbers.count > 1 ? TaskID(rawValue: numbers[1]) : event.task
      if priorities[target] != nil { priorities[target] = numbers[0] }
    case .trapped(let call): apply(call.name, call.arguments, event.task, event.tick)
    case .cancelled:
      cancelled.insert(event.task)
      leave(event.task)
    case .killed:
      leave(event.task)
      for name in undelivered.removeValue(forKey: event.task) ?? [] { giveBack(name) }
      if let (name, item) = undeliveredItems.removeValue(forKey: event.task) {
        putBack(item, in: name)
      }
    case .exited: end(event.task)
    default: break
    }
  }

  private mutating func expire(at tick: Tick) {
    while true {
      let due = names.flatMap { name in things[name]?.queue.map { (name, $0) } ?? [] }
        .filter { ($0.1.deadline ?? .max) <= tick }
        .min { ($0.1.deadline ?? 0, $0.1.order) < ($1.1.deadline ?? 0, $1.1.order) }
      guard let due else { return }
      leave(due.1.task)
    }
  }

  private mutating func leave(_ task: TaskID) {
    for name in names where things[name]?.queue.contains(where: { $0.task == task }) == true {
      things[name]?.queue.removeAll { $0.task == task }
      if things[name]?.kind == "rwlock" { admit(name) }
    }
  }

  // MARK: Who goes first

  /// The priorities as they count: what is lent goes on, until nothing changes.
  func countingPriorities() -> [TaskID: Int] {
    var counting = priorities
    var hasChanged = rule == .lentPriority
    while hasChanged {
      hasChanged = false
      for thing in things.values where thing.kind == "mutex" || thing.kind == "rwlock" {
        let highest = thing.queue.compactMap { counting[$0.task] }.max() ?? 0
        for holder in thing.holders where counting[holder.task] ?? 0 < highest {
          counting[holder.task] = highest
          hasChanged = true
        }
      }
    }
    return counting
  }

  /// Those who wait for a thing, who goes first before the others.
  func queue(of name: String) -> [Entry] {
    let queue = things[name]?.queue ?? []
    if rule == .arrival || queue.count < 2 { return queue }
    let counting = countingPriorities()
    return queue.sorted {
      (-(counting[$0.task] ?? 0), $0.order) < (-(counting[$1.task] ?? 0), $1.order)
    }
  }

  /// Whether nobody who waits for a thing goes before a task that does not wait yet.
  private func goesFirst(_ task: TaskID, on name: String) -> Bool {
    guard let best = queue(of: name).first else { return true }
    let counting = countingPriorities()
    return rule != .arrival && counting[task] ?? 0 > counting[best.task] ?? 0
  }

  private mutating func popFirst(_ name: String) -> Entry? {
    guard let first = queue(of: name).first else { return nil }
    things[name]?.queue.removeAll { $0 == first }
    return first
  }

  // MARK: Ends

  private mutating func end(_ task: TaskID) {
    let fresh = freshHolds.removeValue(forKey: task) ?? []
    for name in (held.removeValue(forKey: task) ?? []).reversed() {
      let mode = things[name]?.holders.first { $0.task == task }?.mode ?? 0
      things[name]?.holders.removeAll { $0.task == task }
      let mark = fresh.contains(name) ? things[name]?.told : task
      switch things[name]?.kind {
      case "mutex": handOver(name, mark)
      case "semaphore": giveBack(name)
      default:
        if !fresh.contains(name), mode == 1 { things[name]?.mark = task }
        if fresh.contains(name), let told = things[name]?.told { things[name]?.mark = told }
        things[name]?.told = nil
        admit(name)
      }
    }
    cancelled.remove(task)
    priorities[task] = nil
  }

  // MARK: Calls

  private mutating func apply(_ call: String, _ arguments: String, _ task: TaskID, _ tick: Tick) {
    var words = arguments.split(whereSeparator: { ",: ".contains($0) }).map(String.init)[...]
    // `7 on c`, `from c`
    words = words.dropFirst(call == "Send" ? 2 : call == "Receive" ? 1 : 0)
    guard let name = words.first, let thing = things[name] else { return }
    let timeout = words.last.flatMap(Int.init)
    let isPoint = ["Lock", "Acquire", "WaitEvent", "Arrive", "LockRW", "Send", "Receive"]
      .contains(call)
    if isPoint, cancelled.contains(task) { return }
    let holdsIt = thing.holders.contains { $0.task == task }
    func wait(_ mode: UInt8 = 0) -> Entry {
      Entry(task: task, mode: mode, deadline: timeout.map { tick + 1 + $0 }, order: order + 1)
    }
    order += 1
    switch call {
    case "Lock", "TryLock":
      if thing.holders.isEmpty {
        take(name, task, 0)
      } else if !holdsIt, call == "Lock" {
        things[name]?.queue.append(wait())
      }
    case "Unlock":
      if holdsIt {
        drop(name, task)
        handOver(name, nil)
      }
    case "Acquire", "TryAcquire":
      let isOwned = call == "Acquire" && thing.kind == "semaphore" && words.contains("owned")
      if isOwned, holdsIt { return }
      if thing.value > 0 {
        things[name]?.value -= 1
        if isOwned { take(name, task, 1) } else { undelivered[task, default: []].append(name) }
      } else if call == "Acquire" {
        things[name]?.queue.append(wait(isOwned ? 1 : 0))
      }
    case "Release":
      if words.contains("owned") {
        if !holdsIt { return }
        drop(name, task)
      }
      giveBack(name)
    case "WaitEvent": if thing.value == 0 { things[name]?.queue.append(wait()) }
    case "SetEvent":
      things[name]?.value = 1
      things[name]?.queue = []
    case "ClearEvent": things[name]?.value = 0
    case "Arrive":
      if thing.queue.count + 1 < thing.value {
        things[name]?.queue.append(wait())
      } else {
        things[name]?.queue = []
      }
    case "Send": if !send(task, by: name) { things[name]?.queue.append(wait(1)) }
    case "Receive": if !receive(task, from: name) { things[name]?.queue.append(wait(0)) }
    case "LockRW", "TryLockRW":
      if holdsIt { return }
      let mode: UInt8 = words.contains("write") ? 1 : 0
      if goesFirst(task, on: name), canEnter(name, mode) {
        enter(name, task, mode)
      } else if call == "LockRW" {
        things[name]?.queue.append(wait(mode))
      }
    case "UnlockRW":
      guard holdsIt else { return }
      drop(name, task)
      things[name]?.told = nil
      if words.contains("on") { take(name, task, 0) }
      admit(name)
    default: break
    }
  }

  // MARK: Channels

  /// Takes the first task that waits for a purpose out of a channel's queue.
  private mutating func popWaiter(_ name: String, _ mode: UInt8) -> TaskID? {
    guard let first = queue(of: name).first(where: { $0.mode == mode }) else { return nil }
    things[name]?.queue.removeAll { $0 == first }
    return first.task
  }

  private mutating func send(_ task: TaskID, by name: String) -> Bool {
    guard let thing = things[name] else { return false }
    if let receiver = popWaiter(name, 0) {
      things[name]?.sent += 1
      undeliveredItems[receiver] = (name, thing.sent + 1)
      return true
    }
    guard thing.items.count < thing.value else { return false }
    things[name]?.sent += 1
    things[name]?.items.append(thing.sent + 1)
    return true
  }

  private mutating func receive(_ task: TaskID, from name: String) -> Bool {
    guard let thing = things[name] else { return false }
    if let first = thing.items.first {
      things[name]?.items.removeFirst()
      undeliveredItems[task] = (name, first)
      if thing.items.count - 1 < thing.value, popWaiter(name, 1) != nil {
        things[name]?.sent += 1
        things[name]?.items.append(thing.sent + 1)
      }
      return true
    }
    guard popWaiter(name, 1) != nil else { return false }
    things[name]?.sent += 1
    undeliveredItems[task] = (name, thing.sent + 1)
    return true
  }

  private mutating func putBack(_ item: Int, in name: String) {
    if let receiver = popWaiter(name, 0) {
      undeliveredItems[receiver] = (name, item)
    } else {
      things[name]?.items.append(item)
      things[name]?.items.sort()
    }
  }

  // MARK: Passing on

  private mutating func take(
    _ name: String,
    _ task: TaskID,
    _ mode: UInt8,
    isGiven: Bool = false
  ) {
    things[name]?.holders.append((task, mode))
    held[task, default: []].append(name)
    if isGiven { freshHolds[task, default: []].insert(name) }
    if things[name]?.kind == "mutex" {
      tell(name)
    }
  }

  /// Notes that the mark is told to the present holder.
  private mutating func tell(_ name: String) {
    let mark = things[name]?.mark
    things[name]?.told = mark
    things[name]?.mark = nil
  }

  private mutating func drop(_ name: String, _ task: TaskID) {
    things[name]?.holders.removeAll { $0.task == task }
    held[task]?.removeAll { $0 == name }
    freshHolds[task]?.remove(name)
  }

  private mutating func handOver(_ name: String, _ mark: TaskID?) {
    things[name]?.mark = mark
    guard let next = popFirst(name) else {
      things[name]?.told = nil
      return
    }
    take(name, next.task, 0, isGiven: true)
  }

  private mutating func giveBack(_ name: String) {
    guard let next = popFirst(name) else {
      things[name]?.value += 1
      return
    }
    if next.mode == 1 {
      take(name, next.task, 1, isGiven: true)
    } else {
      undelivered[next.task, default: []].append(name)
    }
  }

  private func canEnter(_ name: String, _ mode: UInt8) -> Bool {
    guard let thing = things[name] else { return false }
    return mode == 1 ? thing.holders.isEmpty : !thing.holders.contains { $0.mode == 1 }
  }

  private mutating func enter(
    _ name: String,
    _ task: TaskID,
    _ mode: UInt8,
    isGiven: Bool = false
  ) {
    take(name, task, mode, isGiven: isGiven)
    tell(name)
  }

  private mutating func admit(_ name: String) {
    while let next = queue(of: name).first, canEnter(name, next.mode) {
      things[name]?.queue.removeAll { $0 == next }
      enter(name, next.task, next.mode, isGiven: true)
    }
  }
}
