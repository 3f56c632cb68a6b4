import CorosKernel

/// First come, first served, with a diary of all calls by the kernel.
struct DiaryPolicy: SchedulingPolicy {
  /// Shared with the test, which reads it; not part of the policy's own state.
  final class Diary {
    private(set) var lines: [String] = []

    func add(_ line: String) { lines.append(line) }

    func take() -> [String] {
      defer { lines = [] }
      return lines
    }
  }

  let diary: Diary
  let interests: PolicyInterests
  let slice: Tick
  /// The indices of tasks that never keep the CPU from one tick to the next.
  var weak: Set<Int> = []
  /// Whether it lets the CPU idle even if tasks are ready.
  var isIdle = false
  /// Whether the operator must pick each task.
  var isUndecided = false
  private(set) var order: [TaskHandle] = []

  init(_ diary: Diary, interests: PolicyInterests = [.tasks, .turns, .ticks], slice: Tick = 1) {
    self.diary = diary
    self.interests = interests
    self.slice = slice
  }

  var description: String { "diary" }

  mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    diary.add("enqueue \(task.index) at \(now)")
    order.append(task)
  }

  mutating func remove(_ task: TaskHandle) {
    diary.add("remove \(task.index)")
    order.removeAll { $0 == task }
  }

  mutating func next(at now: Tick) -> Choice? {
    if isIdle || isUndecided || order.isEmpty { return nil }
    let task = order.removeFirst()
    diary.add("next \(task.index)")
    return Choice(task, slice: slice)
  }

  mutating func seed(_ seed: UInt64) { diary.add("seed") }

  mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    diary.add(
      "admit \(task.index): \(parameters.priority) \(parameters.tickets) \(parameters.nice) "
        + "\(parameters.length.map(String.init) ?? "-"), ran \(ran)"
    )
  }

  mutating func forget(_ task: TaskHandle) { diary.add("forget \(task.index)") }

  mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    diary.add("end \(task.index) after \(ticks): \(end)")
  }

  mutating func advance(to now: Tick, turn ticks: Tick) {
    diary.add("time \(now), turn \(ticks)")
  }

  mutating func beginTick(_ now: Tick) { diary.add("tick \(now)") }

  func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    diary.add("preempts \(running.index) after \(ticks)?")
    return weak.contains(running.index)
  }
}
