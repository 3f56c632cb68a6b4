import CorosKernel

/// How a part of all classes begins.
struct ClassBeginning {
  var path: [TaskID] = []
  /// The steps after it that belong to other parts, until a step conflicts with them.
  var sleeping: [(task: TaskID, footprint: Footprint)] = []
  /// Whether it is a whole run.
  var isWhole = false
}

/// The beginnings of all classes, so many that they can be dealt out: each class begins in one of these ways.
///
/// They are found in breadth: of each state all steps are tried, and those that were tried before sleep in what comes
/// after the others.
struct ClassBeginnings {
  private(set) var all = [ClassBeginning()]
  /// What has been seen of how tasks wait.
  private(set) var waits: WaitCheck
  private var reading: StepReading

  /// Finds sixteen for each part, fewer where there are many parts, or as many as there are.
  init(
    on ground: Ground,
    _ postponing: Postponing,
    _ properties: [Property],
    parts: Int,
    seed: UInt64
  ) throws {
    waits = WaitCheck(postponing)
    reading = StepReading(properties)
    ground.listen()
    ground.objectsWithQueues = postponing.exceptions
    ground.postpones = postponing.isOn
    defer {
      ground.ignore()
      ground.postpones = false
    }
    for number in 1...Trial.walks { try walk(number, seed, on: ground, postponing) }
    let most = parts <= 64 ? 16 * parts : max(1_024, 4 * parts)
    var length = 0
    while all.count < most, length < Beginnings.longest, all.contains(where: { !$0.isWhole }) {
      length += 1
      var longer: [ClassBeginning] = []
      for beginning in all { longer += try continuations(of: beginning, on: ground, postponing) }
      all = longer
    }
  }

  /// Those that belong to a part.
  func part(_ shard: Shard) -> [ClassBeginning] {
    all.indices.filter { $0 % shard.count == shard.number - 1 }.map { all[$0] }
  }

  /// The beginnings that are longer by a step; none where all that could come next belongs elsewhere.
  private mutating func continuations(
    of beginning: ClassBeginning,
    on ground: Ground,
    _ postponing: Postponing
  ) throws -> [ClassBeginning] {
    if beginning.isWhole { return [beginning] }
    var sleeping = beginning.sleeping
    var longer: [ClassBeginning] = []
    try ground.repeatWay(beginning.path)
    _ = ground.settle()
    for task in ground.ready where !sleeping.contains(where: { $0.task == task }) {
      try ground.repeatWay(beginning.path)
      _ = ground.settle()
      guard let footprint = try step(task, on: ground, postponing) else { continue }
      longer.append(
        ClassBeginning(
          path: beginning.path + [task],
          sleeping: sleeping.filter { !$0.footprint.conflicts(with: footprint) }
        )
      )
      sleeping.append((task, footprint))
    }
    if longer.isEmpty, beginning.sleeping.isEmpty || isEnd(of: beginning, on: ground) {
      longer = [ClassBeginning(path: beginning.path, sleeping: beginning.sleeping, isWhole: true)]
    }
    return longer
  }

  /// Whether no step that sleeps could come next.
  private func isEnd(of beginning: ClassBeginning, on ground: Ground) -> Bool {
    !beginning.sleeping.contains { ground.ready.contains($0.task) }
  }

  /// Makes a step; nil when the call is put off.
  private mutating func step(
    _ task: TaskID,
    on ground: Ground,
    _ postponing: Postponing
  ) throws -> Footprint? {
    reading.begin(on: ground)
    if try ground.step(task) == .postponed {
      waits.note(ground.footprint, isAttempt: true, ground.listener)
      return nil
    }
    let footprint = reading.footprint(of: task, on: ground)
    if postponing.isOn {
      let isAttempt =
        ground.scheduler.lastAttempt != nil && postponing.concerns(footprint, ground.listener)
      waits.note(footprint, isAttempt: isAttempt, ground.listener)
    }
    return footprint
  }

  /// Makes a random run, the same for all parts, to see how tasks wait.
  private mutating func walk(
    _ number: Int,
    _ seed: UInt64,
    on ground: Ground,
    _ postponing: Postponing
  ) throws {
    var numbers = RandomNumbers(seed: seed, run: -number)
    try ground.reset()
    var waiting: [TaskID] = []
    while ground.settle(), ground.depth < 1_000 {
      let ready = ground.ready.filter { !waiting.contains($0) }
      if ready.isEmpty { return }
      let task = ready[numbers.next(below: ready.count)]
      if try step(task, on: ground, postponing) == nil {
        waiting.append(task)
      } else {
        for task in waiting { ground.scheduler.makeReadyAgain(task) }
        waiting = []
      }
    }
  }
}

/// That an exploration of classes cannot be dealt out as it was begun.
public enum IndivisibleClasses: Error, Hashable, Sendable, CustomStringConvertible {
  /// It matters how tasks wait, and the other shards may not have seen that.
  case waits
  /// The order matters in which children end, and the other shards may not have seen that.
  case children

  /// What was found, and the way out.
  public var description: String {
    switch self {
    case .waits:
      "it matters how tasks wait, which other shards may not have seen: explore all shards with `--attempts`"
    case .children:
      "the order matters in which children end, which other shards may not have seen: explore without shards"
    }
  }
}
