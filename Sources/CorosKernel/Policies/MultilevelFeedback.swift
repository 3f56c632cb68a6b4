/// Queues of falling priority: who uses up its allotment falls, and a boost lifts everybody now and then.
///
/// 1. The first task of the highest queue that is not empty has the CPU; one that comes to a higher queue
///    takes it away.
/// 2. A task enters at the highest queue.
/// 3. A task that has used up its quantum goes to the tail of its queue; when it has used up as many
///    quanta as its allotment says, to the tail of the next lower one. What is left of quantum and allotment
///    stays a task's own when it waits or loses the CPU, so nobody gains by giving the CPU up early.
///    With `stay` waiting makes both whole; one that has used up its quantum when it waits pays for it all the
///    same, with a quantum of its fresh allotment.
/// 4. At each multiple of `boost` ticks every task goes to the highest queue with a fresh quantum and
///    allotment; those of lower queues line up behind those there, the lowest first.
///
/// A task that loses the CPU to a higher queue stays the first of its own. It does every operation in the
/// number of queues at most; a boost moves whole queues, and lifts each task when it is next touched.
///
/// Sources: Corbató, Merwin-Daggett and Daley, "An Experimental Time-Sharing System", AFIPS 1962; the rules
/// are those of OSTEP, chapter 8, and tick for tick those of its simulator `mlfq.py`.
public struct MultilevelFeedback: SchedulingPolicy {
  /// The settings.
  public struct Settings: Hashable, Sendable {
    /// The ticks of a quantum, queue by queue, the highest first.
    public var quanta: [Tick]
    /// After how many quanta a task falls, queue by queue, the highest first.
    public var allotments: [Int]
    /// How many ticks lie between two boosts; 0 for none.
    public var boost: Tick
    /// Whether waiting gives a task a fresh quantum and allotment, of which a quantum that it has used up is taken.
    public var stay: Bool
    /// Whether a task that has waited goes to the head of its queue instead of the tail.
    public var iobump: Bool

    /// The quanta of three queues, each twice as long as that above it.
    public static let standardQuanta: [Tick] = [2, 4, 8]

    /// Makes settings; quanta and allotments below 1 count as 1.
    ///
    /// - Parameters:
    ///   - quanta: the ticks of a quantum, the highest queue first; one number for each queue there is.
    ///   - allotments: after how many quanta a task falls; if there are fewer than queues the last one
    ///     holds for the rest.
    ///   - boost: how many ticks lie between two boosts; 0 for none.
    ///   - stay: whether waiting gives a task a fresh quantum and allotment.
    ///   - iobump: whether a task that has waited goes to the head of its queue.
    public init(
      quanta: [Tick] = Self.standardQuanta,
      allotments: [Int] = [1],
      boost: Tick = 0,
      stay: Bool = false,
      iobump: Bool = false
    ) {
      let quanta = quanta.isEmpty ? Self.standardQuanta : quanta
      let last = allotments.last ?? 1
      self.quanta = quanta.map { max(1, $0) }
      self.allotments = quanta.indices.map {
        max(1, $0 < allotments.count ? allotments[$0] : last)
      }
      self.boost = max(0, boost)
      self.stay = stay
      self.iobump = iobump
    }
  }

  private struct Member {
    var isKnown = false
    /// Its queue, 0 for the highest; it holds while the era is the present one.
    var level: Int32 = 0
    /// Whether it stands in a queue, as the running one does, too.
    var isQueued = false
    /// Whether it comes back from waiting.
    var hasWaited = false
    var era = 0
    /// The ticks left of its quantum.
    var ticksLeft: Tick = 0
    /// The quanta left of its allotment, the present one included.
    var quantaLeft = 0
  }

  /// The settings.
  public let settings: Settings

  private var queues: [SlotQueue]
  private var links = LinkTable()
  private var members = SlotTable(standard: Member())
  /// The one that has the CPU; it stands in its queue all the same, as in the textbook.
  private var running = Slot.none
  /// How many boosts there have been: a member of an earlier era has not been touched since the last.
  private var era = 0
  /// The number of the last multiple of the boost's period that was seen.
  private var period: Tick = 0

  /// Makes the policy.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    queues = Array(repeating: SlotQueue(), count: settings.quanta.count)
  }

  /// The name and the settings.
  public var description: String {
    let quanta = settings.quanta.map(String.init).joined(separator: "/")
    let allotments = settings.allotments.map(String.init).joined(separator: "/")
    return "mlfq quanta=\(quanta) allotments=\(allotments) boost=\(settings.boost)"
      + " stay=\(settings.stay ? "yes" : "no") iobump=\(settings.iobump ? "yes" : "no")"
  }

  /// Everything: it charges for CPU, boosts, and takes the CPU away.
  public var interests: PolicyInterests { [.tasks, .turns, .ticks] }

  /// The rule, in words.
  public var rule: String { "the first task in the highest queue that is not empty goes first" }

  /// The queues one after another, the highest first.
  public var order: [TaskHandle] {
    queues.flatMap { links.slots(of: $0) }.filter { $0 != running }.map { TaskHandle(slot: $0) }
  }

  /// Lets a task that is new begin at the top.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    guard !members[task.slot].isKnown else { return }
    members[task.slot].isKnown = true
    begin(task.slot, at: 0)
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// Puts a task at the end of its queue that its coming back is worth.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    let slot = task.slot
    // One that was preempted has never left its queue.
    guard !members[slot].isQueued else { return }
    refresh(slot)
    members[slot].isQueued = true
    let level = Int(members[slot].level)
    if settings.iobump, members[slot].hasWaited {
      links.prepend(slot, to: &queues[level])
    } else {
      links.append(slot, to: &queues[level])
    }
    members[slot].hasWaited = false
  }

  /// Takes a task out of its queue.
  public mutating func remove(_ task: TaskHandle) {
    refresh(task.slot)
    leaveQueue(task.slot)
  }

  /// Chooses the first of the highest queue, for what is left of its quantum.
  public mutating func next(at now: Tick) -> Choice? {
    guard let slot = first else { return nil }
    refresh(slot)
    running = slot
    return Choice(TaskHandle(slot: slot), slice: members[slot].ticksLeft)
  }

  /// Charges for a turn.
  public mutating func endTurn(of task: TaskHandle, after ticks: Tick, _ end: TurnEnd) {
    let slot = task.slot
    running = .none
    let isBoosted = refresh(slot)
    if end != .preempted { leaveQueue(slot) }
    members[slot].hasWaited = end == .blocked
    // What ran before a boost was forgiven by it.
    if isBoosted { return }
    let level = Int(members[slot].level)
    let isUsedUp = members[slot].ticksLeft <= ticks
    members[slot].ticksLeft -= ticks
    if end == .blocked, settings.stay { begin(slot, at: level) }
    guard isUsedUp else { return }
    members[slot].quantaLeft -= 1
    if members[slot].quantaLeft == 0 {
      begin(slot, at: min(level + 1, queues.count - 1))
    } else {
      members[slot].ticksLeft = settings.quanta[level]
    }
  }

  /// Boosts, when it is time.
  public mutating func beginTick(_ now: Tick) {
    guard settings.boost > 0, now / settings.boost > period else { return }
    period = now / settings.boost
    era += 1
    var top = queues[0]
    for level in queues.indices.dropFirst().reversed() { links.move(&queues[level], to: &top) }
    queues[0] = top
  }

  /// Whether another is first now, or a boost gave the running one a fresh quantum.
  public func preempts(_ running: TaskHandle, after ticks: Tick) -> Bool {
    first != running.slot || members[running.slot].era != era
  }

  /// The queue, and what is left of the quantum.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    var member = members[task.slot]
    if member.era != era { (member.level, member.ticksLeft) = (0, settings.quanta[0]) }
    return "queue \(member.level + 1) of \(queues.count), "
      + "\(max(0, member.ticksLeft - ticks)) of \(settings.quanta[Int(member.level)]) ticks left"
  }

  /// The queue, from 1, the highest; a boost lifts all tasks to it.
  public func level(of task: TaskHandle) -> Int? {
    let member = members[task.slot]
    return member.era == era ? Int(member.level) + 1 : 1
  }

  private var first: Slot? {
    queues.first { !$0.isEmpty }?.head
  }

  /// Gives a task a fresh quantum and allotment.
  private mutating func begin(_ slot: Slot, at level: Int) {
    members[slot].level = Int32(truncatingIfNeeded: level)
    members[slot].era = era
    members[slot].ticksLeft = settings.quanta[level]
    members[slot].quantaLeft = settings.allotments[level]
  }

  /// Lifts a task that a boost has passed over so far.
  ///
  /// - Returns: whether it was one.
  @discardableResult
  private mutating func refresh(_ slot: Slot) -> Bool {
    guard members[slot].era != era else { return false }
    begin(slot, at: 0)
    return true
  }

  private mutating func leaveQueue(_ slot: Slot) {
    guard members[slot].isQueued else { return }
    members[slot].isQueued = false
    links.remove(slot, from: &queues[Int(members[slot].level)])
  }
}
