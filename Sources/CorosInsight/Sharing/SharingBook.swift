package import CorosKernel

/// What tasks share and have shared, kept from events alone: who holds what, who waits for it, and for how long.
///
/// A value, so that it can travel in time. An event costs O(holders and waiters of the object).
package struct SharingBook {
  private var things = NumberMap<ObjectID, SharedThing>()
  private var parties = TaskMap<Party>()
  private var blames = TaskMap<Blame>()
  /// The tasks that those are of, in the order in which they came to be: the oldest are forgotten.
  private var blamed: [TaskID] = []
  private let mostBlamed: Int
  /// How many values are kept, about.
  private(set) var size = 0

  /// What a task has to do with objects.
  private struct Party {
    var held: [ObjectID] = []
    /// Where it waits, and since when.
    var places: [ObjectPlace] = []
    var since: Tick = 0
    /// How many permits it took more than it gave, of each semaphore.
    var balances: [(object: ObjectID, count: Int)] = []
    /// The conditions that it has notified.
    var notified: [ObjectID] = []

    var isEmpty: Bool {
      held.isEmpty && places.isEmpty && balances.isEmpty && notified.isEmpty
    }
  }

  /// For how long a task waited for locks, and others for locks that it held.
  package struct Blame: Hashable {
    package var waited: Tick = 0
    package var caused: Tick = 0

    package init() {}
  }

  /// Makes an empty book.
  ///
  /// - Parameter mostBlamed: of how many tasks it is kept at least how long they waited, and made others wait.
  package init(mostBlamed: Int = 10_000) {
    self.mostBlamed = mostBlamed
  }

  /// An object; nil when there is none of that number, or no longer.
  package subscript(id: ObjectID) -> SharedThing? { things[id] }

  /// Whether a task holds something, waits for it, or has left permits or notifications behind.
  func hasToDo(with task: TaskID) -> Bool { parties.part(of: task) { _ in true } ?? false }

  /// What a task holds, in the order in which it got it.
  func held(by task: TaskID) -> [ObjectID] { parties.part(of: task) { $0.held } ?? [] }

  /// What a task waits for.
  func places(of task: TaskID) -> [ObjectPlace] { parties.part(of: task) { $0.places } ?? [] }

  /// The conditions that a task has notified.
  func notified(by task: TaskID) -> [ObjectID] { parties[task]?.notified ?? [] }

  /// The tasks for all of which a task waits, as far as nothing else can let it go on.
  func obstacles(of task: TaskID) -> [TaskID] {
    let places = places(of: task)
    guard places.count == 1, isLock(places[0].object) else { return [] }
    return self[places[0].object]?.obstacles(of: task) ?? []
  }

  /// Whether an object is a lock.
  func isLock(_ id: ObjectID) -> Bool { things.part(of: id) { $0.isLock } ?? false }

  /// Whether an object is a lock that somebody holds.
  func isHeldLock(_ id: ObjectID) -> Bool { things.part(of: id) { $0.isHeldLock } ?? false }

  /// Whether an object is a condition that somebody has notified.
  func isNotified(_ id: ObjectID) -> Bool {
    things.part(of: id) { $0.lastNotification != nil } ?? false
  }

  /// For how long a task has waited, and has kept others waiting, up to now.
  package func blame(of task: TaskID, at now: Tick) -> Blame {
    var blame = blames[task] ?? Blame()
    guard let party = parties[task] else { return blame }
    if party.places.contains(where: { self[$0.object]?.isHeldLock ?? false }) {
      blame.waited += now - party.since
    }
    for id in party.held {
      if let thing = self[id], thing.isLock {
        blame.caused += thing.stands.count * (now - thing.accountedUntil)
      }
    }
    return blame
  }

  // MARK: Events

  /// Takes in an event that tells of sharing, of waits or of an end.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - now: The tick at which it takes effect.
  mutating func note(_ event: Event, at now: Tick) {
    let task = event.task
    switch event.action {
    case .blocked(.object(let place), let deadline): block(task, [place], deadline, now)
    case .blocked(.anyOf(let places), let deadline): block(task, places, deadline, now)
    case .woke(let because): endWait(of: task, now, isTimeout: because == Self.timeout)
    case .cancelled: limitWait(of: task)
    case .acquired(let place, _): acquire(task, place, now)
    case .released(let place): release(task, place.object, now)
    case .exited: end(task, now)
    case .detail(let detail): note(detail, of: task, now)
    default: break
    }
  }

  private static let timeout = Wakeup.timedOut.description

  private mutating func note(_ detail: Event.Detail, of task: TaskID, _ now: Tick) {
    switch detail {
    case .made(let id, let kind, let isLock):
      things[id] = SharedThing(kind: kind, isLock: isLock)
      size += 1
    case .removed(let id):
      if let thing = things[id] { size -= 1 + thing.takers.count + thing.leaks.count }
      things[id] = nil
    case .took(let place):
      noteTaken(place, by: task)
      balance(task, place.object, 1)
    case .gave(let place): balance(task, place.object, -1)
    case .notified(let place, let woken):
      var isNew = false
      update(place) { thing in
        thing.lastNotification = .init(task: task, tick: now - 1, woken: woken)
        isNew = task != .operator && !thing.notifiers.contains(task)
        if isNew { thing.notifiers.append(task) }
      }
      if isNew { change(task) { $0.notified.append(place.object) } }
    case .limited: limitWait(of: task)
    case .asked, .heard, .prioritised, .ruled, .scarce, .failed: break
    }
  }

  /// Notes that a task ended while it held an object.
  mutating func noteLeftBehind(_ place: ObjectPlace) {
    update(place) { $0.leftBehind += 1 }
  }

  // MARK: Waits

  private mutating func block(
    _ task: TaskID,
    _ places: [ObjectPlace],
    _ deadline: Tick?,
    _ now: Tick
  ) {
    for place in places {
      account(place.object, now)
      update(place) { thing in
        thing.contended += 1
        thing.stands.append(
          .init(task: task, since: now, mode: place.mode, isOpenEnded: deadline == nil)
        )
        thing.longestQueue = max(thing.longestQueue, thing.stands.count)
      }
    }
    change(task) { ($0.places, $0.since) = (places, now) }
  }

  private mutating func limitWait(of task: TaskID) {
    for place in places(of: task) {
      update(place) { thing in
        for index in thing.stands.indices where thing.stands[index].task == task {
          thing.stands[index].isOpenEnded = false
        }
      }
    }
  }

  private mutating func endWait(of task: TaskID, _ now: Tick, isTimeout: Bool = false) {
    let places = places(of: task)
    guard !places.isEmpty, let since = parties.part(of: task, { $0.since }) else { return }
    var isLock = false
    for place in places {
      account(place.object, now)
      update(place) { thing in
        thing.endStand(of: task, at: now)
        if isTimeout { thing.timeouts += 1 }
        isLock = isLock || thing.isHeldLock
      }
    }
    if isLock { blame(task) { $0.waited += now - since } }
    change(task) { $0.places = [] }
  }

  // MARK: Holds

  private mutating func acquire(_ task: TaskID, _ place: ObjectPlace, _ now: Tick) {
    account(place.object, now)
    noteTaken(place, by: task)
    update(place) { $0.holds.append(.init(task: task, since: now, mode: place.mode)) }
    change(task) { $0.held.append(place.object) }
  }

  private mutating func noteTaken(_ place: ObjectPlace, by task: TaskID) {
    update(place) { $0.taken += 1 }
    // Looked for first, so that a set that a save point shares is copied only where it changes.
    if let thing = self[place.object], !thing.takers.contains(task) {
      update(place) { $0.takers.insert(task) }
      size += 1
    }
  }

  private mutating func release(_ task: TaskID, _ id: ObjectID, _ now: Tick) {
    account(id, now)
    update(id) { $0.endHold(of: task, at: now) }
    change(task) { party in
      if let index = party.held.lastIndex(of: id) { party.held.remove(at: index) }
    }
  }

  /// Puts the waiting up to now down to those who hold the object.
  private mutating func account(_ id: ObjectID, _ now: Tick) {
    guard isLock(id), let thing = self[id] else { return }
    let ticks = thing.stands.count * (now - thing.accountedUntil)
    if ticks > 0 {
      for hold in thing.holds { blame(hold.task) { $0.caused += ticks } }
    }
    update(id) { $0.accountedUntil = now }
  }

  private mutating func end(_ task: TaskID, _ now: Tick) {
    guard let party = parties[task] else { return }
    endWait(of: task, now)
    for id in party.held {
      account(id, now)
      update(id) { $0.endHold(of: task, at: now) }
    }
    for id in party.notified { update(id) { $0.notifiers.removeAll { $0 == task } } }
    for (id, count) in party.balances where count > 0 {
      update(id) { $0.leaks.append(.init(task: task, count: count)) }
      size += 1
    }
    parties[task] = nil
  }

  private mutating func balance(_ task: TaskID, _ id: ObjectID, _ change: Int) {
    if task == .operator { return }
    self.change(task) { party in
      guard let index = party.balances.firstIndex(where: { $0.object == id }) else {
        return party.balances.append((id, change))
      }
      party.balances[index].count += change
      if party.balances[index].count == 0 { party.balances.remove(at: index) }
    }
  }

  // MARK: Books

  private mutating func update(_ place: ObjectPlace, _ change: (inout SharedThing) -> Void) {
    things.update(place.object) { thing in
      if thing.name.isEmpty { thing.name = place.name }
      change(&thing)
    }
  }

  private mutating func update(_ id: ObjectID, _ change: (inout SharedThing) -> Void) {
    things.update(id, change)
  }

  private mutating func change(_ task: TaskID, _ change: (inout Party) -> Void) {
    var isEmpty = false
    let isKnown = parties.update(task) { party in
      change(&party)
      isEmpty = party.isEmpty
    }
    if isKnown {
      if isEmpty { parties[task] = nil }
      return
    }
    var party = Party()
    change(&party)
    if !party.isEmpty { parties[task] = party }
  }

  private mutating func blame(_ task: TaskID, _ change: (inout Blame) -> Void) {
    var blame = blames[task] ?? Blame()
    if blames[task] == nil { noteBlamed(task) }
    change(&blame)
    blames[task] = blame
  }

  private mutating func noteBlamed(_ task: TaskID) {
    size += 1
    blamed.append(task)
    guard blamed.count > 2 * mostBlamed else { return }
    for task in blamed.prefix(mostBlamed) { blames[task] = nil }
    blamed.removeFirst(mostBlamed)
    size -= mostBlamed
  }
}
