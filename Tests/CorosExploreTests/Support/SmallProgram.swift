import CorosKernel
import CorosSync
import Testing

@testable import CorosExplore

/// What the tasks of a small program share.
struct Things {
  let m: Mutex
  let n: Mutex
  let s: Semaphore
  let c: Condition
  let e: EventFlag
  let b: Barrier
  let rw: RWLock
  /// Channels without room, and with room for one value.
  let meet: Channel<Int>
  let other: Channel<Int>
  let line: Channel<Int>

  init(on scheduler: Scheduler) throws {
    m = try scheduler.perform(MakeMutex("m"))
    n = try scheduler.perform(MakeMutex("n"))
    s = try scheduler.perform(MakeSemaphore("s"))
    c = try scheduler.perform(MakeCondition("c", on: m))
    e = try scheduler.perform(MakeEvent("e"))
    b = try scheduler.perform(MakeBarrier("b", parties: 2))
    rw = try scheduler.perform(MakeRWLock("rw"))
    meet = try scheduler.perform(MakeChannel("meet"))
    other = try scheduler.perform(MakeChannel("other"))
    line = try scheduler.perform(MakeChannel("line", capacity: 1))
  }
}

/// A few tasks, so small that all their schedules can be made.
struct SmallProgram: Sendable, CustomTestStringConvertible {
  let name: String
  let setUp: @Sendable (Scheduler) throws -> Void

  /// Tasks that each make some calls.
  init(_ name: String, _ calls: @escaping @Sendable (Things) throws -> [[any SystemCall]]) {
    self.name = name
    setUp = { scheduler in
      let things = try Things(on: scheduler)
      for (index, list) in try calls(things).enumerated() {
        try scheduler.createTask("task \(index + 1)", machine: Caller(list))
      }
    }
  }

  /// Tasks of typed programs.
  init(_ model: Model) {
    name = model.name
    setUp = model.setUp
  }

  var testDescription: String { name }

  /// What was found of its ends.
  struct Found {
    var ends: Set<String> = []
    var classes = 0
    var cut = 0
    var isExhausted = false
  }

  /// All schedules, or the first of them, one after the other.
  ///
  /// - Parameter most: how many schedules at most.
  /// - Returns: how they end, and how many classes they are, each step of a task being made as the kernel makes it.
  /// - Throws: what making the tasks throws.
  func enumerate(most: Int = .max) throws -> Found {
    var found = Found()
    // Twice: that the order matters in which children end shows on the way.
    let campaign = try campaign(.dfs, most) { _ in }
    var first = ClassCount()
    try campaign.make(&first, below: most)
    campaign.ground.ignore()
    campaign.forget(.dfs)
    var search = ClassCount()
    try campaign.make(&search, below: most)
    found.ends = search.ends
    found.classes = search.classes.count
    found.isExhausted = campaign.report.stopped == .exhausted
    return found
  }

  /// What a strategy finds.
  func explore(
    _ strategy: Strategy,
    most: Int? = nil,
    shard: Shard = Shard()
  ) throws -> Found {
    var ends: Set<String> = []
    let campaign = try campaign(strategy, most) { ends.insert($0.ending) }
    campaign.limits.shard = shard
    try campaign.carryOut(strategy)
    let report = campaign.report
    return Found(
      ends: ends,
      classes: report.classes ?? 0,
      cut: report.cut,
      isExhausted: report.isExhausted
    )
  }

  private func campaign(
    _ strategy: Strategy,
    _ most: Int?,
    _ end: @escaping (Ground) -> Void
  ) throws -> Campaign {
    var limits = ExplorationLimits()
    limits.all = true
    limits.shrinks = false
    limits.runs = most
    var questions = Questions()
    questions.ignored = [.failed, .deadlock]
    questions.end = end
    let ground = try Ground(.setUp(seed: 0, setUp))
    return Campaign(strategy, on: ground, limits, questions)
  }
}

extension Ground {
  /// All that can be told of the tasks and objects at the end of a run, but for the order of those that wait still.
  var ending: String {
    let tasks = scheduler.tasks(includingEnded: true).map { info in
      "\(info.tid): \(info.state) \(scheduler.caller(info.tid)?.answers ?? [])"
    }
    let objects = scheduler.objects.map { object in
      "\(object.name): \(object.summary) \(object.holders.map(\.task))"
    }
    return (tasks + objects).joined(separator: "\n")
  }
}

/// Makes all schedules, and counts the classes: those in which every step comes after the same steps are one.
private struct ClassCount: Search {
  private(set) var classes: Set<String> = []
  private(set) var ends: Set<String> = []
  private var tree = TreeSearch(NoCosts(), budget: 0)
  private var trace = Trace(.all)
  private var table = FootprintTable()
  private var reading = StepReading([])
  private var ready: [ContiguousArray<TaskID>] = []

  mutating func begin(run: Int) -> Prefix? {
    guard let prefix = tree.begin(run: run) else { return nil }
    trace.truncate(to: prefix.depth, table)
    ready.removeSubrange(min(ready.count, prefix.depth)...)
    return prefix
  }

  mutating func choose(on ground: Ground) -> Move {
    if !ground.isListening { ground.listen() }
    if let last = ground.path.last, let before = ready.last {
      for task in ground.ready where task != last && !before.contains(task) {
        trace.wake(task, by: ground.depth - 1)
      }
    }
    ready.append(ground.ready)
    let move = tree.choose(on: ground)
    reading.begin(on: ground)
    return move
  }

  mutating func note(_ fate: Fate, on ground: Ground) {
    guard let task = ground.path.last else { return }
    let footprint = reading.footprint(of: task, on: ground)
    var races: [Trace.Race] = []
    trace.append(
      task,
      table.number(of: footprint),
      footprint,
      attempt: nil,
      offers: { _ in nil },
      races: &races
    )
  }

  mutating func end(on ground: Ground) {
    ends.insert(ground.ending)
    var text = ""
    for steps in trace.steps {
      for step in steps {
        let before = trace.steps.map { $0.count { $0 != step && trace.comesBefore($0, step) } }
        text += "\(before)"
      }
      text += ";"
    }
    classes.insert(text)
  }
}
