import CorosKernel

/// What a step reads and changes.
struct Footprint: Hashable {
  /// What is read or changed, by numbers; see `Resources`.
  private(set) var reads: ContiguousArray<Int32> = []
  private(set) var changes: ContiguousArray<Int32> = []
  /// Whether it depends on the tick at which it is made, so that no step can change places with it.
  var isTimed = false

  /// That of a step of which nothing is known.
  static var everything: Footprint {
    var footprint = Footprint()
    footprint.isTimed = true
    return footprint
  }

  var isEmpty: Bool { reads.isEmpty && changes.isEmpty }

  mutating func removeAll() {
    reads.removeAll(keepingCapacity: true)
    changes.removeAll(keepingCapacity: true)
    isTimed = false
  }

  mutating func insert(_ resource: Int32, isChange: Bool) {
    if changes.contains(resource) { return }
    if isChange {
      if let place = reads.firstIndex(of: resource) { reads.remove(at: place) }
      changes.append(resource)
    } else if !reads.contains(resource) {
      reads.append(resource)
    }
  }

  /// Forgets that a resource was touched.
  mutating func remove(_ resource: Int32) {
    reads.removeAll { $0 == resource }
    changes.removeAll { $0 == resource }
  }

  /// Counts all changes as reads.
  mutating func makeReads() {
    reads += changes
    changes.removeAll()
  }

  /// Whether it touches a resource.
  func touches(_ resource: Int32) -> Bool {
    changes.contains(resource) || reads.contains(resource)
  }

  /// Whether it touches a resource for which a condition holds.
  func touches(where condition: (Int32) -> Bool) -> Bool {
    changes.contains(where: condition) || reads.contains(where: condition)
  }

  /// Whether the order of the two steps can matter: one changes what the other touches.
  func conflicts(with other: Footprint) -> Bool {
    if isTimed || other.isTimed { return true }
    for resource in changes where other.changes.contains(resource) || other.reads.contains(resource)
    {
      return true
    }
    for resource in reads where other.changes.contains(resource) { return true }
    return false
  }
}

/// Listens to what steps touch.
final class FootprintObserver: Observer {
  let interests: Event.Kinds = [.footprints, .waits]
  @exclusivity(unchecked) var footprint = Footprint()
  /// Each part of the machine by a number, in the order in which they were first touched.
  private var numbers: [Touch.Resource: Int32] = [:]
  /// The numbers that were asked for last; -1 for none.
  private var recent = ContiguousArray<Int32>(repeating: -1, count: 193)
  /// Whether some task has asked for any of its children.
  private(set) var asksForChildren = false
  /// The resources by their numbers.
  private(set) var resources: [Touch.Resource] = []
  /// The objects in whose queues a task has begun to stand, since `begin`.
  private(set) var queues: [ObjectID] = []
  /// Whether a task has stopped, ended or cancelled another, or let it go on, since `begin`.
  private(set) var ordersOthers = false

  /// Begins a step.
  func begin() {
    footprint.removeAll()
    if !queues.isEmpty { queues.removeAll(keepingCapacity: true) }
    ordersOthers = false
  }

  func observe(_ event: Event) {
    if case .blocked(let reason, _) = event.action { return noteQueues(reason) }
    guard case .touched(let touch) = event.action else { return }
    switch touch.resource {
    case .clock: footprint.isTimed = true
    // The order of lines is nobody's business.
    case .output: break
    case .children(let parent): noteChildren(of: parent, by: event.task, touch)
    // The order of births and ends does not matter to those who only count one.
    case .taskCount: insert(touch.resource, isChange: !touch.isChange)
    case .steps(let task):
      if task != event.task { ordersOthers = true }
      insert(touch.resource, isChange: touch.isChange)
    default: insert(touch.resource, isChange: touch.isChange)
    }
  }

  private func noteQueues(_ reason: WaitReason) {
    switch reason {
    case .object(let place): queues.append(place.object)
    case .anyOf(let places): queues += places.map(\.object)
    case .task, .anyChild, .time, .io, .arrival, .channel, .outside: break
    }
  }

  /// The order in which children end matters only to a parent that asks for any of them.
  ///
  /// Who waits for one task looks at the life of that task first.
  private func noteChildren(of parent: TaskID, by task: TaskID, _ touch: Touch) {
    if task == parent, !footprint.touches(where: { isLife(resources[Int($0)]) }) {
      asksForChildren = true
    }
    if asksForChildren, parent != .operator {
      insert(touch.resource, isChange: touch.isChange)
    }
  }

  private func isLife(_ resource: Touch.Resource) -> Bool {
    if case .life = resource { true } else { false }
  }

  private func insert(_ resource: Touch.Resource, isChange: Bool) {
    footprint.insert(number(of: resource), isChange: isChange)
  }

  /// The number of a part of the machine.
  func number(of resource: Touch.Resource) -> Int32 {
    let place = Self.place(of: resource)
    let likely = recent[place]
    if likely >= 0, resources[Int(likely)] == resource { return likely }
    let number = numbers[resource] ?? Int32(resources.count)
    if number == resources.count {
      numbers[resource] = number
      resources.append(resource)
    }
    recent[place] = number
    return number
  }

  /// Where its number is looked for first: steps touch the same few parts again and again.
  private static func place(of resource: Touch.Resource) -> Int {
    switch resource {
    case .object(let object): object.rawValue & 63
    case .steps(let task): 64 + task.rawValue & 63
    case .life(let task): 128 + task.rawValue & 63
    default: 192
    }
  }
}
