/// Processes in the order of their creation, round and round: each keeps the CPU until it waits or ends.
///
/// Whoever gives up the CPU is followed by the next ready process after it, and after the last comes the
/// first. Two settings ask what textbooks ask:
///
/// - what becomes of the CPU while its process waits: with ``Switch/io`` the next one has it, with
///   ``Switch/end`` it idles;
/// - what becomes of a process whose wait is over: with ``Wake/later`` it is ready and bides its turn, with
///   ``Wake/immediate`` it has the CPU at once, and the turn order goes on from there.
///
/// Every operation is O(n) in the number of live tasks: it is made for exercises.
///
/// Source: the rules are those of OSTEP's `process-run.py`, tick for tick.
public struct ProcessPolicy: SchedulingPolicy {
  /// When the CPU passes to another process.
  public enum Switch: String, Hashable, Sendable, CaseIterable {
    /// When its process waits or ends.
    case io
    /// When its process ends: while that waits, the CPU idles.
    case end
  }

  /// When a process whose wait is over runs.
  public enum Wake: String, Hashable, Sendable, CaseIterable {
    /// When its turn comes.
    case later
    /// At once.
    case immediate
  }

  private struct Process {
    let task: TaskHandle
    var isReady = false
    var isWaiting = false
  }

  /// When the CPU passes to another process.
  public let switching: Switch
  /// When a process whose wait is over runs.
  public let waking: Wake

  /// In the order of their creation.
  private var processes: [Process] = []
  /// Whose turn it is or was last, as an index; the search for the next begins behind it.
  private var current = -1
  /// Who has the CPU.
  private var running: TaskHandle?
  /// For whom the CPU idles.
  public private(set) var awaited: TaskHandle?
  /// Who has the CPU next.
  ///
  /// Chosen when a turn ends, before those wake whose time comes with the next tick.
  private var chosen: TaskHandle?

  /// Makes the policy.
  public init(switching: Switch = .io, waking: Wake = .later) {
    self.switching = switching
    self.waking = waking
  }

  /// The name and the settings.
  public var description: String { "procs switch=\(switching.rawValue) wake=\(waking.rawValue)" }

  /// The chosen one, and those that follow it, round and round.
  public var order: [TaskHandle] {
    let start = chosen.flatMap(index) ?? current + 1
    return (processes[start...] + processes[..<start]).filter(\.isReady).map(\.task)
  }

  /// The rule, in words.
  public var rule: String {
    "the next task in the order of creation goes first; after the last comes the first"
  }

  /// Which tasks there are, why a turn ended, and a say in whether one goes on.
  public var interests: PolicyInterests { [.tasks, .turns, .ticks] }

  /// Takes a new task in behind the others.
  public mutating func admit(
    _ task: TaskHandle,
    _ parameters: SchedulingParameters,
    ran: Tick
  ) {
    if index(of: task) == nil { processes.append(Process(task: task)) }
  }

  /// Lets go of a task that has ended; if the CPU idled for it, it idles no more.
  public mutating func forget(_ task: TaskHandle) {
    if awaited == task { awaited = nil }
    guard let index = index(of: task) else { return }
    processes.remove(at: index)
    if index <= current { current -= 1 }
  }

  /// Makes a task ready; it is next if the CPU is free, or if it has waited and is not to wait longer.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    guard let index = index(of: task) else { return }
    let hasWaited = processes[index].isWaiting
    processes[index].isWaiting = false
    processes[index].isReady = true
    if awaited == task { awaited = nil }
    let isFree = running == nil && chosen == nil && awaited == nil
    if isFree || hasWaited && waking == .immediate && awaited == nil { chosen = task }
  }

  /// Takes a task out, and chooses anew if it was next.
  public mutating func remove(_ task: TaskHandle) {
    guard let index = index(of: task) else { return }
    processes[index].isReady = false
    if chosen == task { chosen = running == nil ? nextReady : nil }
  }

  /// Gives the CPU to whoever was chosen, until it waits or ends; to nobody while the CPU is kept for one.
  public mutating func next(at now: Tick) -> Choice? {
    guard awaited == nil, let task = chosen ?? nextReady, let index = index(of: task) else {
      return nil
    }
    processes[index].isReady = false
    chosen = nil
    running = task
    current = index
    return Choice(task, slice: .max)
  }

  /// Chooses who follows, unless the CPU is kept for the one that waits, or somebody took it away.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    running = nil
    if end == .blocked, let index = index(of: task) {
      processes[index].isWaiting = true
      if switching == .end {
        awaited = task
        return
      }
    }
    if chosen == nil { chosen = nextReady }
  }

  /// Whether a process has come that runs at once.
  public func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    chosen != nil
  }

  /// The first ready process after the present one.
  private var nextReady: TaskHandle? {
    let after = processes[(current + 1)...].first(where: \.isReady)
    return (after ?? processes[..<(current + 1)].first(where: \.isReady))?.task
  }

  private func index(of task: TaskHandle) -> Int? {
    processes.firstIndex { $0.task == task }
  }
}
