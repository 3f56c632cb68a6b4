public import CorosKernel

/// A scheduler and its past: it can go back to any moment, and forward again.
///
/// A *moment* counts the moves that take time: a step, or a jump of the clock in which no task ran. Steps go
/// through the machine, and whatever else is done to the scheduler is an `act`: the machine records it, and
/// redoes it in each replay. Nothing else may change the scheduler.
///
/// ```swift
/// let machine = TimeMachine { Scheduler() }
/// try machine.act("spawn") { scheduler in
///   try scheduler.createTask("counter") { os in
///     for number in 1...3 { try await os.write("\(number)") }
///   }
/// }
/// machine.run()
/// try machine.back(2)  // as it was, to the last queue
/// machine.step()  // replays the recorded future
/// ```
///
/// In the past, steps replay the recorded future to its end and go on from there. An act in the past begins
/// a branch; the old future is kept, and `switch(to:)` leads back to it.
///
/// What going to another moment costs: while all tasks are state machines, one checkpoint is copied and the
/// steps from there are replayed, few in the near past. The place of an async function cannot be copied, so
/// with async tasks the replay begins at the last moment before there were any, or at the first; it costs
/// those steps without observers. The tasks of the scheduler that is left behind are ended, their `defer`s
/// run, and observers are told nothing of it.
///
/// What the record costs in memory: nothing for steps in which tasks take the same turns again and again, and
/// two to three bytes for any other step, so 300 MB for a hundred million of them. Save points are few and bounded.
///
/// All this holds for deterministic runs. A task that reads something from outside, or shares a variable with
/// a task made by another act, may behave differently in a replay: the machine notices at the latest when
/// another task runs, and throws a `Divergence`.
public final class TimeMachine {
  /// The scheduler as it stands at the present moment; going to another moment replaces it.
  @exclusivity(unchecked) public internal(set) var scheduler: Scheduler
  /// The number of moves that lead to the present.
  public internal(set) var moment: Int {
    get { isRecording ? history.countSoFar : presentMoment }
    set { presentMoment = newValue }
  }
  @exclusivity(unchecked) private var presentMoment = 0
  /// Whether the kernel is recording new moves: then the present is the last moment there is.
  @exclusivity(unchecked) var isRecording = false
  /// Whether the present move replays the recorded future.
  public internal(set) var isReplaying = false
  /// All that was done, in order: enough to repeat it in another process.
  @exclusivity(unchecked) public internal(set) var journal: [JournalEntry] = []
  /// Where `step`, `run` and `perform` stop, and `runBack`.
  ///
  /// Going to another moment passes over them. While none is enabled they cost nothing: see `StopPoint`.
  public var breakpoints = Breakpoints()
  /// Told of the hits of breakpoints that only log, after the move that hit them; it must not move the machine.
  public var logHits: ([BreakpointHit]) -> Void = { _ in }
  /// Where breakpoints stopped the last run or step; nil when they did not.
  @exclusivity(unchecked) public internal(set) var stop: BreakpointStop?
  /// How the last run or step found the recorded future impossible to replay; nil when it did not.
  ///
  /// A branch then begins with what happened instead.
  @exclusivity(unchecked) public internal(set) var divergence: Divergence?

  /// Why nothing may be replayed, as a sentence without a full stop; nil where the past can come back.
  ///
  /// For an app whose acts and tasks reach the world outside: a replay would do all of it again. Going to another
  /// moment, or looking at one, then throws a `Divergence` that gives this reason. Steps are recorded all the same.
  public var replayRefusal: String?

  let make: () -> Scheduler
  // Not exclusivity-checked, as others here: each move touches them, and nothing else is at work meanwhile.
  @exclusivity(unchecked) var history = History()
  var saves = SavePoints()
  @exclusivity(unchecked) var branches: [BranchRecord] = [BranchRecord()]
  /// The moment that the replay under way has reached, for those who wait for it.
  package internal(set) var replayedMoment = 0
  /// The index of the present branch, whose record is in `history` and `saves`.
  @exclusivity(unchecked) var current = 0
  var bookmarks: [String: Place] = [:]
  /// The seed of a new scheduler.
  let firstSeed: UInt64

  private(set) var observers: [any Observer] = []
  /// When each recorder was added, and what it knew then.
  private var arrivals: [ObjectIdentifier: (moment: Int, memory: Any)] = [:]
  @exclusivity(unchecked) var nextSave = 0
  /// The replay of the recorded future, while it goes on from move to move.
  var future: Replay?
  /// Watches for breakpoints while the machine moves.
  @exclusivity(unchecked) var watch: BreakpointWatch?
  /// Whether the answer to the operator's last call came without a wait, and has not been taken.
  var isAnsweredAtOnce = false
  /// The moment that the journal has reached.
  @exclusivity(unchecked) var journalMoment = 0
  /// What the world tells of its answers.
  private var record: MachineRecord?

  /// Makes a machine at its first moment.
  ///
  /// - Parameter make: makes a scheduler, the same each time. It must refuse foreign awaits, as by default,
  ///   since they cannot be replayed.
  public init(make: @escaping () -> Scheduler) {
    self.make = make
    scheduler = make()
    firstSeed = scheduler.seed
    precondition(
      scheduler.foreignAwaits == .refuse,
      "a time machine cannot replay what its tasks await outside the kernel"
    )
    let record = MachineRecord(of: self)
    self.record = record
    scheduler.wakeSource?.follow(record)
  }

  deinit { record?.end() }

  /// The number of moments of recorded future ahead.
  public var ahead: Int { isRecording ? 0 : history.count - moment }

  // MARK: Observers

  /// Tells an observer all that happens from now on, also after going to another moment.
  ///
  /// A `Recorder` travels along; any other observer is told nothing on the way.
  ///
  /// - Parameter observer: kept alive by the machine; adding it twice changes nothing.
  public func add(_ observer: any Observer) {
    if observers.contains(where: { $0 === observer }) { return }
    observers.append(observer)
    scheduler.add(observer)
    if let recorder = observer as? any Recorder {
      arrivals[ObjectIdentifier(recorder)] = (moment, recorder.memory)
    }
  }

  /// Stops telling an observer.
  public func remove(_ observer: any Observer) {
    observers.removeAll { $0 === observer }
    scheduler.remove(observer)
    arrivals[ObjectIdentifier(observer)] = nil
  }

  // MARK: Journal and save points

  /// Records in the journal how far the run has come; the next act does so anyway.
  public func closeJournal() { noteAdvance() }

  func noteAdvance() {
    guard moment != journalMoment else { return }
    let entry = JournalEntry.advance(to: moment, tick: history.ticks[moment])
    journalMoment = moment
    // Of moves that follow each other only the end counts: the journal of a run without acts does not grow.
    if case .advance(let earlier, _)? = journal.last, earlier < moment {
      journal[journal.count - 1] = entry
    } else {
      journal.append(entry)
    }
  }

  /// Records an entry in the journal that leads to the present moment.
  func note(_ entry: JournalEntry) {
    journal.append(entry)
    journalMoment = moment
  }

  func save() {
    let size = scheduler.size
    let memorySize = recorders.reduce(0) { $0 + $1.memorySize }
    // So that copying takes a small part of the time of the steps between.
    nextSave = moment + max(1_024, 32 * size, memorySize)
    saves.insert(
      SavePoint(
        moment: moment,
        size: size,
        memorySize: memorySize,
        checkpoint: scheduler.checkpointIfCopyable(),
        memories: memories
      )
    )
  }

  var recorders: [any Recorder] { observers.compactMap { $0 as? any Recorder } }

  /// The recorders at whose findings breakpoints can stop.
  var finders: [any Finder] { observers.compactMap { $0 as? any Finder } }

  var memories: [ObjectIdentifier: Any] {
    Dictionary(uniqueKeysWithValues: recorders.map { (ObjectIdentifier($0), $0.memory) })
  }

  func recall(_ memories: [ObjectIdentifier: Any]) {
    for recorder in recorders {
      let id = ObjectIdentifier(recorder)
      if let memory = memories[id] ?? arrivals[id]?.memory { recorder.recall(memory) }
    }
  }

  // MARK: Going to another moment

  /// Goes to a moment of the present history, and lets the recorders travel along.
  ///
  /// - Parameters:
  ///   - target: the moment.
  ///   - fromPresent: whether the present leads there.
  ///   - condition: asked now and then; true gives up. On the way back all then stays as it is, and on the way
  ///     forward the machine stands where it has come to.
  /// - Returns: whether it has arrived.
  /// - Throws: `Divergence`; then all stays as it is, unless the present scheduler itself diverged.
  func travel(
    to target: Int,
    fromPresent: Bool,
    unless condition: () -> Bool
  ) throws(Divergence) -> Bool {
    future = nil
    isAnsweredAtOnce = false
    let start = saves.lastCopy(atOrBefore: target)
    let goesOn = fromPresent && moment >= start?.moment ?? 0
    return goesOn
      ? try goOn(to: target, unless: condition)
      : try begin(from: start, goingTo: target, unless: condition)
  }

  /// Replays the recorded future on the present scheduler.
  ///
  /// The recorders listen all the way, so that they know everything wherever the journey ends.
  private func goOn(to target: Int, unless condition: () -> Bool) throws(Divergence) -> Bool {
    var replay = Replay(history, on: scheduler, from: moment)
    replay.skipActions()
    defer { scheduler.exchangeObservers(for: observers) }
    do throws(Divergence) {
      let hasArrived = try run(&replay, to: target, unless: condition)
      moment = replay.moment
      nextSave = moment + 1_024
      return hasArrived
    } catch {
      acceptDivergence(replay)
      throw error
    }
  }

  /// Replays the way to a moment on a new scheduler, which then takes the place of the present one.
  func begin(
    from start: SavePoint?,
    goingTo target: Int,
    unless condition: () -> Bool
  ) throws(Divergence) -> Bool {
    var replay = try beginReplay(from: start)
    let known = saves.last(atOrBefore: target)
    let before = memories
    var hasArrived = false
    defer { if !hasArrived { recall(before) } }
    if let known, known.moment > replay.moment {
      guard try replay.run(to: known.moment, unless: { note($0, condition) }) else { return false }
      recall(known.memories)
    } else {
      recall(start?.memories ?? [:])
    }
    guard try run(&replay, to: target, unless: condition) else { return false }
    hasArrived = true
    replay.scheduler.exchangeObservers(for: observers)
    scheduler = replay.scheduler
    moment = target
    nextSave = moment + 1_024
    return true
  }

  /// Runs a replay to a moment with the recorders listening, each from the moment at which it was added.
  ///
  /// - Returns: whether it has arrived; if not, all is done that was done at the moment it has come to.
  private func run(
    _ replay: inout Replay,
    to target: Int,
    unless condition: () -> Bool
  ) throws(Divergence) -> Bool {
    let arrivals = recorders.map { self.arrivals[ObjectIdentifier($0)]?.moment ?? 0 }
    for arrival in arrivals.sorted() where arrival > replay.moment && arrival <= target {
      let present = zip(recorders, arrivals).filter { $1 < arrival }.map(\.0)
      replay.scheduler.exchangeObservers(for: present)
      let hasArrived = try replay.run(to: arrival, unless: { note($0, condition) })
      try replay.redoActions()
      if !hasArrived { return false }
    }
    let present = zip(recorders, arrivals).filter { $1 <= target }.map(\.0)
    replay.scheduler.exchangeObservers(for: present)
    let hasArrived = try replay.run(to: target, unless: { note($0, condition) })
    try replay.redoActions()
    return hasArrived
  }

  /// Starts over with a new scheduler, at the first moment of an empty history.
  func startOver() {
    future = nil
    scheduler = make()
    scheduler.wakeSource?.enter(branch: branch, isNew: true, on: scheduler)
    recall([:])
    scheduler.exchangeObservers(for: observers)
    history = History()
    saves = SavePoints()
    moment = 0
    nextSave = 0
  }

  /// In the past, begins a branch: what follows is not the recorded future.
  func branchIfInPast() {
    guard ahead > 0 else { return }
    fork(at: moment)
    giveUpCall()
  }

  private func fork(at moment: Int) {
    future = nil
    shelve()
    history = history.through(moment)
    saves.removeAll(after: moment)
    branches.append(BranchRecord(parent: current, fork: moment))
    current = branches.count - 1
    scheduler.wakeSource?.enter(branch: branch, isNew: true, on: scheduler)
  }

  /// Puts the present history among the branches.
  func shelve() {
    branches[current].history = history
    branches[current].saves = saves
  }

  /// Begins a branch with what happened instead of the recorded future.
  func acceptDivergence(_ replay: Replay) {
    moment = max(moment, replay.moment)
    let agreed = max(0, moment - 1)
    fork(at: agreed)
    if history.count < moment {
      history.appendStep(of: scheduler.lastDispatched ?? .operator, until: scheduler.now)
    }
    moment = history.count
    journalMoment = moment
    scheduler.disagreement = nil
  }
}
