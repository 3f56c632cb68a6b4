import CorosKernel

/// How the ways through all states begin, so that they can be dealt out: each schedule passes one of the last of these
/// states, all after as many steps, or ends before.
///
/// They are found in breadth, and states that are the same count as one where as many steps lead there.
struct StateBeginnings {
  /// A state, and how it was reached.
  struct Place {
    /// Its numbers: that in which the tick counts, and that in which it does not.
    let timedKey: Int
    let key: Int
    /// A way to it.
    let way: [TaskID]
    /// What became of the task that made the last step of the way; nil where there was none.
    let fate: Fate?
    var arrivals: Arrivals
    /// Whether no task is ready.
    let isEnd: Bool
    /// What is wrong in it, or has gone wrong on the way to it for good.
    let failures: [Signature]
    /// The steps that lead on from it, by the places to which they lead; none where it is one of the last.
    var steps: [(task: TaskID, fate: Fate, target: Int)] = []
  }

  private let campaign: Campaign
  private var ground: Ground { campaign.ground }
  private var recogniser: Recogniser
  private var timedRecogniser: Recogniser
  private(set) var places: [Place] = []
  /// The last of them, which are dealt out.
  private(set) var last: [Int] = [0]
  /// Whether all tasks have ended in one of them.
  private(set) var hasEnd = false
  private var known: Set<Int> = []

  /// Begins where all runs begin.
  ///
  /// - Parameters:
  ///   - campaign: whose runs these are.
  ///   - recogniser: tells states.
  init(_ campaign: Campaign, _ recogniser: Recogniser) {
    self.campaign = campaign
    self.recogniser = recogniser
    self.recogniser.countsTicks = false
    timedRecogniser = recogniser
    timedRecogniser.countsTicks = true
  }

  /// Goes on until each part gets sixteen states, or there are no more.
  ///
  /// - Returns: why it ended before; nil when it did not.
  mutating func expand(parts: Int) throws -> ExplorationReport.Stop? {
    try ground.reset()
    var layer: [Int: Int] = [:]
    _ = try arrive(.operator, nil, from: nil, &layer)
    var isNew = true
    var depth = 0
    while last.count < 16 * parts, isNew, depth < Beginnings.longest {
      let before = known.count
      var next: [Int] = []
      layer = [:]
      for place in last {
        if places[place].isEnd {
          next.append(place)
        } else if let stop = try goOn(from: place, &layer, &next) {
          return stop
        }
      }
      last = next
      depth += 1
      // Where no state is new the tasks go round, and longer ways lead nowhere else.
      isNew = known.count > before
    }
    return nil
  }

  /// The states that belong to a part: neighbours, which have most in common.
  func part(_ shard: Shard) -> [Place] {
    last.indices.filter { $0 * shard.count / last.count == shard.number - 1 }
      .map { places[last[$0]] }
  }

  /// Makes each of the steps that lead on from a state.
  private mutating func goOn(
    from place: Int,
    _ layer: inout [Int: Int],
    _ next: inout [Int]
  ) throws -> ExplorationReport.Stop? {
    let way = places[place].way
    try ground.repeatWay(way)
    _ = ground.settle()
    let ready = ground.ready
    if ready.count > 1 { ground.save() }
    for (index, task) in ready.enumerated() {
      if let stop = campaign.mustStop(share: { nil }) { return stop }
      if index > 0 { try ground.backtrack(to: way.count, isLast: index == ready.count - 1) }
      let fate = try ground.step(task)
      campaign.report.steps += 1
      let (target, isNew) = try arrive(task, fate, from: place, &layer)
      places[place].steps.append((task, fate, target))
      if isNew { next.append(target) }
      let own = places[place]
      let arrivals = own.failures.isEmpty ? own.arrivals : own.arrivals.allBroken
      places[target].arrivals.add(arrivals.after(oneOf: ready.count))
    }
    return nil
  }

  /// Takes in the state that a step has led to.
  private mutating func arrive(
    _ task: TaskID,
    _ fate: Fate?,
    from place: Int?,
    _ layer: inout [Int: Int]
  ) throws -> (place: Int, isNew: Bool) {
    let isReady = ground.goOn()
    guard let key = recogniser.recognise(ground.scheduler),
      let timedKey = timedRecogniser.recognise(ground.scheduler)
    else { throw NotComparable(ground.scheduler) }
    known.insert(key)
    if let place = layer[timedKey] { return (place, false) }
    layer[timedKey] = places.count
    var failures = place.map { places[$0].failures.filter { $0.kind == .failed } } ?? []
    var verdicts = campaign.verdicts(on: fate, task)
    if !isReady {
      if ground.scheduler.liveTaskCount == 0 { hasEnd = true }
      verdicts += campaign.verdictsOnEnd()
    }
    for verdict in verdicts {
      let signature = ground.signature(of: verdict)
      campaign.noteFirst(verdict, signature)
      failures.append(signature)
    }
    places.append(
      Place(
        timedKey: timedKey,
        key: key,
        way: Array(ground.path),
        fate: fate,
        arrivals: place == nil ? .start : Arrivals(sound: Count(0), soundChance: .zero),
        isEnd: !isReady,
        failures: failures
      )
    )
    return (places.count - 1, true)
  }
}
