public import CorosKernel

/// A scheduler and its past: it can go back to any moment, and forward again.
///
/// A *moment* counts the moves that take time: a step, or a jump of the clock in which nobody ran. Steps go
/// through the machine, and whatever else is done to the scheduler is an `act`: the machine keeps it, and
/// does it again where a run is brought about once more. Nothing else may change the scheduler.
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
/// machine.step()  // the recorded future, once more
/// ```
///
/// In the past, steps follow the recorded future to its end and go on from there. An act in the past begins
/// a branch; the future that was is kept, and `switch(to:)` leads back to it.
///
/// What a journey costs: while all tasks are state machines, the copying of one checkpoint and the steps
/// from there, few in the near past. Where a task is an async function nobody can copy its place, so the
/// run is brought about once more from the last moment at which there was none, or from the start: so many
/// steps, with nobody listening. The tasks of the scheduler that is left behind are ended, their `defer`s
/// run, and nobody hears of that either.
///
/// All this holds for runs that are deterministic. A task that reads something from outside, or shares a
/// variable with a task made by another act, may not come out as it did: the machine notices at the latest
/// when another task runs than did, and says so by a `Divergence`.
public final class TimeMachine {
  /// The scheduler as it stands at the present moment; a journey replaces it.
  public private(set) var scheduler: Scheduler
  /// How many moves lead to the present.
  public internal(set) var moment = 0
  /// Whether what happens now has happened before: a move along the recorded future.
  public internal(set) var isFollowing = false
  /// All that was done, in order; what is needed to bring the same about in another process.
  public internal(set) var journal: [JournalEntry] = []
  /// Where `step`, `run` and `perform` stop, beside where they would anyway, and `runBack`.
  ///
  /// Journeys pass over them. While none is enabled they cost nothing; see `StopPoint` for what each does.
  public var breakpoints = Breakpoints()
  /// Where breakpoints stopped the last run, or the last step; nil where they did not.
  @exclusivity(unchecked) public internal(set) var stop: BreakpointStop?

  let make: () -> Scheduler
  var history = History()
  var saves = SavePoints()
  var branches: [BranchRecord] = [BranchRecord()]
  /// The index of the branch that is the present one; its record is kept in `history` and `saves`.
  var current = 0
  var bookmarks: [String: Place] = [:]
  /// The seed of a new scheduler.
  let firstSeed: UInt64

  private(set) var observers: [any Observer] = []
  /// When each recorder was added, and what it knew then.
  private var arrivals: [ObjectIdentifier: (moment: Int, memory: Any)] = [:]
  var nextSave = 0
  /// The recorded future, as far as it is being followed.
  var following: Playback?
  /// Looks out for breakpoints while the machine moves; not exclusivity-checked, since each step asks for it.
  @exclusivity(unchecked) var watch: BreakpointWatch?
  /// The moment that the journal has come to.
  var journalMoment = 0

  /// Makes a machine at its first moment.
  ///
  /// - Parameter make: makes a scheduler, the same each time; it must refuse foreign awaits, as is standard,
  ///   since what comes from outside does not come twice.
  public init(make: @escaping () -> Scheduler) {
    self.make = make
    scheduler = make()
    firstSeed = scheduler.seed
    precondition(
      scheduler.foreignAwaits == .refuse,
      "a time machine cannot bring back what its tasks await outside the kernel"
    )
  }

  /// How many moments of recorded future lie ahead.
  public var ahead: Int { history.count - moment }

  // MARK: Observers

  /// Tells an observer of all that happens from now on, also after journeys.
  ///
  /// A `Recorder` travels along; any other observer hears nothing of a journey.
  ///
  /// - Parameter observer: kept alive by the machine; one that listens already goes on listening.
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

  // MARK: Keeping

  /// Has the journal say how far the run has come; what is done next makes it do so anyway.
  public func closeJournal() { noteAdvance() }

  func noteAdvance() {
    if moment != journalMoment {
      journal.append(.advance(to: moment, tick: history.ticks[moment]))
      journalMoment = moment
    }
  }

  /// Has the journal say something that leads to the present moment.
  func note(_ entry: JournalEntry) {
    journal.append(entry)
    journalMoment = moment
  }

  func save() {
    let size = scheduler.size
    let memorySize = recorders.reduce(0) { $0 + $1.memorySize }
    // So that the copying takes a small part of the time that the steps between take.
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

  private var recorders: [any Recorder] { observers.compactMap { $0 as? any Recorder } }

  private var memories: [ObjectIdentifier: Any] {
    Dictionary(uniqueKeysWithValues: recorders.map { (ObjectIdentifier($0), $0.memory) })
  }

  private func recall(_ memories: [ObjectIdentifier: Any]) {
    for recorder in recorders {
      let id = ObjectIdentifier(recorder)
      if let memory = memories[id] ?? arrivals[id]?.memory { recorder.recall(memory) }
    }
  }

  // MARK: Journeys

  /// Has the machine stand at a moment of the present history.
  ///
  /// When it does not come out as it did, all stays as it is.
  ///
  /// - Parameters:
  ///   - target: the moment.
  ///   - fromPresent: whether the present leads there.
  /// - Throws: `Divergence`.
  func travel(to target: Int, fromPresent: Bool) throws(Divergence) {
    following = nil
    let start = saves.lastCopy(atOrBefore: target)
    let known = saves.last(atOrBefore: target)
    let goesOn = fromPresent && moment >= start?.moment ?? 0
    var playback: Playback
    if goesOn {
      playback = Playback(history, on: scheduler, from: moment)
      playback.skipActions()
    } else {
      playback = self.playback(from: start)
    }
    let before = memories
    playback.scheduler.exchangeObservers(for: [])
    do throws(Divergence) {
      if let known, known.moment > playback.moment {
        try playback.run(to: known.moment)
        recall(known.memories)
      } else if !goesOn {
        recall(start?.memories ?? [:])
      }
      try run(&playback, to: target)
    } catch {
      if goesOn {
        acceptDivergence(playback)
        scheduler.exchangeObservers(for: observers)
      } else {
        recall(before)
      }
      throw error
    }
    playback.scheduler.exchangeObservers(for: observers)
    scheduler = playback.scheduler
    moment = target
    nextSave = moment + 1_024
  }

  /// The history on a scheduler of its own, from a copy, or from the first moment.
  func playback(from start: SavePoint?) -> Playback {
    let scheduler = make()
    if let checkpoint = start?.checkpoint { scheduler.restore(checkpoint) }
    return Playback(history, on: scheduler, from: start?.moment ?? 0)
  }

  /// Takes a playback to a moment with the recorders listening, each from the moment at which it came.
  private func run(_ playback: inout Playback, to target: Int) throws(Divergence) {
    let arrivals = recorders.map { self.arrivals[ObjectIdentifier($0)]?.moment ?? 0 }
    for arrival in arrivals.sorted() where arrival > playback.moment && arrival <= target {
      let present = zip(recorders, arrivals).filter { $1 < arrival }.map(\.0)
      playback.scheduler.exchangeObservers(for: present)
      try playback.run(to: arrival)
      try playback.doActions()
    }
    let present = zip(recorders, arrivals).filter { $1 <= target }.map(\.0)
    playback.scheduler.exchangeObservers(for: present)
    try playback.run(to: target)
    try playback.doActions()
  }

  /// Begins with a new scheduler, at the first moment of an empty history.
  func startOver() {
    following = nil
    scheduler = make()
    recall([:])
    scheduler.exchangeObservers(for: observers)
    history = History()
    saves = SavePoints()
    moment = 0
    nextSave = 0
  }

  /// In the past, begins a branch: what follows is no longer the future that was.
  func branchIfInPast() {
    guard ahead > 0 else { return }
    fork(at: moment)
    giveUpCall()
  }

  private func fork(at moment: Int) {
    following = nil
    shelve()
    history = history.through(moment)
    saves.removeAll(after: moment)
    branches.append(BranchRecord(parent: current, fork: moment))
    current = branches.count - 1
  }

  /// Puts the present history among the branches.
  func shelve() {
    branches[current].history = history
    branches[current].saves = saves
  }

  /// The recorded future cannot be followed: what came instead begins a branch.
  func acceptDivergence(_ playback: Playback) {
    moment = max(moment, playback.moment)
    let agreed = max(0, moment - 1)
    fork(at: agreed)
    if history.count < moment {
      history.appendStep(of: scheduler.lastDispatched ?? .operator, until: scheduler.now)
    }
    moment = history.count
    journalMoment = moment
  }
}
