public import CorosKernel

/// The machine on which schedules are tried, and the way that it has come from where all runs begin.
///
/// It comes back to an earlier moment by a copy where all tasks are state machines, and by running the way again
/// where some are not.
final class Ground {
  private let origin: Origin
  /// Its tasks are those of the present moment.
  @exclusivity(unchecked) private(set) var scheduler: Scheduler
  /// The seed that the machine began with.
  let seed: UInt64
  /// The newest of the tasks that all runs have in common.
  let oldTasks: TaskID
  /// Whether all runs begin with state machines only.
  let isCopyable: Bool

  /// The task of each step.
  @exclusivity(unchecked) private(set) var path: ContiguousArray<TaskID> = []
  /// What became of it in that step.
  @exclusivity(unchecked) private(set) var fates: ContiguousArray<Fate> = []
  /// The ready tasks, oldest first: see `settle`.
  @exclusivity(unchecked) var ready: ContiguousArray<TaskID> = []

  /// Notes what steps touch, where it is asked to.
  let listener: FootprintObserver
  var isListening = false
  /// Whether calls that would wait are put off: see `Attempt`.
  var postpones = false {
    didSet { scheduler.postponesAttempts = postpones }
  }
  /// The objects for which calls wait all the same.
  var objectsWithQueues: Set<ObjectID> = [] {
    didSet { scheduler.objectsWithQueues = objectsWithQueues }
  }

  /// What runs begin with: the machine, or none at all.
  private let first: SavedMachine?
  @exclusivity(unchecked) private var saves: ContiguousArray<Save> = []
  @exclusivity(unchecked) private var spare: ContiguousArray<SavedMachine> = []
  /// The newest task of which it is known whether all up to it are state machines.
  @exclusivity(unchecked) private var newest: TaskID
  @exclusivity(unchecked) private var isStillCopyable: Bool

  private struct Save {
    let depth: Int
    let machine: SavedMachine
  }

  init(_ origin: Origin, listener: FootprintObserver = FootprintObserver()) throws {
    self.origin = origin
    self.listener = listener
    var empty: SavedMachine?
    switch origin {
    case .make(let make): scheduler = try make()
    case .setUp(let seed, let setUp):
      scheduler = Scheduler(seed: seed)
      empty = scheduler.save()
      try setUp(scheduler)
    }
    scheduler.beginExploring()
    seed = scheduler.seed
    oldTasks = scheduler.newestTask
    newest = oldTasks
    isCopyable = scheduler.isCopyable
    isStillCopyable = isCopyable
    first = isCopyable ? scheduler.save() : empty
  }

  /// How many steps it is from where all runs begin.
  var depth: Int { path.count }

  // MARK: Going on

  /// Goes on to the next choice, and writes down the ready tasks.
  ///
  /// - Returns: whether there are any.
  func settle() -> Bool {
    if withScheduler({ $0.settle(into: &ready) }) { return true }
    guard fetchArrivals(), goOn() else { return false }
    collectReady()
    return true
  }

  /// Writes down the ready tasks.
  func collectReady() { withScheduler { $0.collectReady(into: &ready) } }

  /// Goes on to the next choice; what comes from outside comes when nothing else can happen.
  ///
  /// - Returns: whether a task is ready; which ones are is not written down.
  func goOn() -> Bool {
    while !withScheduler({ $0.settle() }) {
      guard fetchArrivals() else { return false }
    }
    return true
  }

  /// Lets in what has come from outside; false when nothing has.
  private func fetchArrivals() -> Bool {
    guard let source = scheduler.wakeSource, source.isActive,
      case let arrivals = source.collect(waits: false, until: nil), !arrivals.isEmpty
    else { return false }
    scheduler.admit(arrivals)
    return true
  }

  /// Does something with the scheduler without counting a reference to it: nothing replaces it meanwhile.
  @inline(__always)
  private func withScheduler<Result>(_ body: (Scheduler) -> Result) -> Result {
    Unmanaged.passUnretained(scheduler)._withUnsafeGuaranteedRef(body)
  }

  /// Makes a step of a ready task.
  ///
  /// - Throws: `Unrepeatable` when the task is not ready, as it was in an earlier run.
  @discardableResult
  func step(_ task: TaskID) throws(Unrepeatable) -> Fate {
    guard let fate = withScheduler({ $0.explore(task) }) else {
      throw Unrepeatable(task: task, tick: scheduler.now)
    }
    if case .postponed = fate { return fate }
    path.append(task)
    fates.append(fate)
    return fate
  }

  // MARK: Coming back

  /// Goes back to where all runs begin.
  func reset() throws { try backtrack(to: 0) }

  /// Goes some way from where all runs begin.
  func repeatWay(_ way: [TaskID]) throws {
    try reset()
    for task in way {
      _ = settle()
      try step(task)
    }
  }

  /// Copies the machine as it stands, if that can be, so that the way back to here is short.
  func save() {
    let newestTask = withScheduler { $0.newestTask }
    if newestTask != newest || !isStillCopyable {
      newest = newestTask
      isStillCopyable = scheduler.isCopyable
      if !isStillCopyable { return }
    }
    if let machine = spare.popLast() {
      withScheduler { $0.save(into: machine) }
      saves.append(Save(depth: depth, machine: machine))
    } else {
      saves.append(Save(depth: depth, machine: scheduler.save()))
    }
  }

  /// Goes back along the way.
  ///
  /// - Parameters:
  ///   - target: how many steps of it are left.
  ///   - isLast: whether nobody will go back to there again.
  /// - Throws: `Unrepeatable`, and what making the tasks throws.
  func backtrack(to target: Int, isLast: Bool = false) throws {
    while let depth = saves.last?.depth, depth > target {
      spare.append(saves.removeLast().machine)
    }
    let start = saves.last?.depth ?? 0
    if saves.isEmpty {
      try begin()
    } else if isLast, start == target {
      let machine = saves.removeLast().machine
      withScheduler { $0.restore(taking: machine) }
      spare.append(machine)
    } else {
      let machine = saves[saves.count - 1].machine
      withScheduler { $0.restore(machine) }
    }
    let again = start < target ? ContiguousArray(path[start..<target]) : []
    path.shorten(to: start)
    fates.shorten(to: start)
    if again.isEmpty { return }
    // What these steps touch was seen when they were made first.
    if isListening { scheduler.exchangeObservers(for: []) }
    defer { if isListening { listen() } }
    for task in again {
      _ = goOn()
      try step(task)
    }
  }

  private func begin() throws {
    if let first { withScheduler { $0.restore(first) } }
    if isCopyable { return }
    switch origin {
    case .make(let make): scheduler = try make()
    case .setUp(_, let setUp): try setUp(scheduler)
    }
    scheduler.beginExploring()
    scheduler.postponesAttempts = postpones
    scheduler.objectsWithQueues = objectsWithQueues
    if isListening { listen() }
  }
}

/// A run that does not go as it went before: something outside the kernel decides what a task does.
public struct Unrepeatable: Error, Hashable, Sendable, CustomStringConvertible {
  /// The task that was ready before, and is not now.
  public let task: TaskID
  /// The tick at which that shows.
  public let tick: Tick

  /// What happened, and what may be the reason.
  public var description: String {
    "the same choices lead elsewhere: task \(task) was ready at tick \(tick) and is not; "
      + "does it look at anything beside the kernel, such as hash order or a variable of the whole program?"
  }
}
