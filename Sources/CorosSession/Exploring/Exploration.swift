package import CorosExplore
import CorosHistory
import CorosKernel
import CorosLanguage

/// What an exploration has found: all of it, or what its portions and shards add up to.
package struct Exploration: Equatable, Sendable {
  /// The strategy that was used, as it is typed; never `auto`.
  package let how: String
  /// The same with its setting.
  package let description: String
  /// Whether schedules were drawn at random.
  package let isSampler: Bool
  /// The most preemptions or delays; nil where there is no bound.
  package let bound: Int?
  package var runs: Int
  package var cut: Int
  package var steps: Int
  package var deepest: Int
  package var unfinished: Int
  package var schedules: Count?
  package var failing: Count
  package var classes: Int?
  package var states: Int?
  /// The chance that a random run fails; of a shard, that it fails there.
  package var chance: Fraction?
  /// Which share of all was tried, as an estimate.
  package var share: Double?
  package var stopped: ExplorationReport.Stop
  package var failures: [FoundFailure]
  /// The values at the ends of runs, each as an object of JSON, with a schedule; nil where they were not asked for.
  package var finals: [String: String]?
  /// Two tasks that share something which no call shows, and where that was seen.
  package var hidden: HiddenTasks?
  /// A schedule to a state from which the tasks cannot all end.
  package var cannotEnd: String?
  /// Whether some schedule ends with all tasks ended; nil where that is not known.
  package var canEnd: Bool?
  /// What shards cannot decide alone; nil where they can.
  package var undecided: UndecidedPart?
  /// Whether it is only a part of what was to be explored.
  package var isPart = false

  /// Tasks that share something which no system call shows.
  package struct HiddenTasks: Equatable, Sendable {
    package let tasks: [Int]
    package let tick: Int
  }

  init(_ report: ExplorationReport) {
    how = report.how.name
    description = report.how.description
    isSampler = report.how.isSampler
    bound = report.bound
    runs = report.runs
    cut = report.cut
    steps = report.steps
    deepest = report.deepest
    unfinished = report.unfinished
    schedules = report.schedules
    failing = report.failing
    classes = report.classes
    states = report.states
    chance = report.chance
    share = report.share
    stopped = report.stopped
    failures = report.failures.map(FoundFailure.init)
    finals = report.finals.map { finals in
      Dictionary(finals.map { ($0.values, $0.way.description) }) { first, _ in first }
    }
    hidden = report.hidden.map { HiddenTasks(tasks: $0.tasks.map(\.rawValue), tick: $0.tick) }
    cannotEnd = report.cannotEnd?.way.description
    canEnd = report.canEnd
    undecided = report.undecided.map(UndecidedPart.init)
  }

  /// What it stands for.
  package var covers: ExplorationReport.Coverage {
    if isSampler { return .sample }
    if stopped != .exhausted || unfinished > 0 || isPart { return .part }
    return bound == nil ? .all : .bound
  }

  // MARK: Adding up

  /// Adds what another part of the same exploration has found.
  mutating func add(_ other: Exploration) {
    runs += other.runs
    cut += other.cut
    steps += other.steps
    deepest = max(deepest, other.deepest)
    unfinished += other.unfinished
    schedules = schedules.flatMap { mine in other.schedules.map { mine + $0 } }
    failing += other.failing
    classes = classes.flatMap { mine in other.classes.map { mine + $0 } }
    // Parts have states in common, and each has a beginning of its own.
    states = nil
    chance = chance.flatMap { mine in other.chance.map { mine + $0 } }
    share = nil
    if Self.rank(other.stopped) > Self.rank(stopped) { stopped = other.stopped }
    failures = Self.united(failures + other.failures)
    if let finals { self.finals = finals.merging(other.finals ?? [:]) { min($0, $1) } }
    hidden = hidden ?? other.hidden
    cannotEnd = [cannotEnd, other.cannotEnd].compactMap { $0 }.min()
    canEnd = canEnd == true || other.canEnd == true ? true : canEnd ?? other.canEnd
    undecided = UndecidedPart.sum(of: [undecided, other.undecided].compactMap { $0 })
    isPart = isPart || other.isPart
  }

  /// Decides what shards cannot decide alone, once they are added up.
  ///
  /// - Parameter isWhole: Whether none is missing.
  mutating func conclude(isWhole: Bool) {
    guard how == Strategy.states.name else { return }
    // Where tasks can go round for ever in some part, schedules have no number.
    if schedules == nil { failing = Count(0) }
    if canEnd == true, let undecided {
      failures += [undecided.livelock].compactMap { $0 }
      cannotEnd = [cannotEnd, undecided.cannotEnd].compactMap { $0 }.min()
    }
    if canEnd == true || isWhole { undecided = nil }
    // Each shard tells of one thing that goes round for ever.
    let livelock = FoundFailure.smallest(of: failures.filter { $0.kind == .livelock })
    failures.removeAll { $0.kind == .livelock && $0 != livelock }
    failures = Self.united(failures)
    guard isWhole, stopped == .exhausted, !isPart else { return }
    for place in failures.indices { failures[place].minimal = .proved }
  }

  /// Which of two reasons to end is that of both together.
  private static func rank(_ stop: ExplorationReport.Stop) -> Int {
    switch stop {
    case .exhausted: 0
    case .runs: 1
    case .steps: 2
    case .time: 3
    case .memory: 4
    case .interrupted: 5
    case .failure: 6
    }
  }

  /// Each failure once, in the order in which they were found.
  private static func united(_ failures: [FoundFailure]) -> [FoundFailure] {
    var result: [FoundFailure] = []
    for failure in failures {
      if let place = result.firstIndex(where: { $0.isSame(as: failure) }) {
        result[place] = result[place].merged(with: failure)
      } else {
        result.append(failure)
      }
    }
    return result.sorted {
      ($0.run, $0.kind.rawValue, $0.schedule.description)
        < ($1.run, $1.kind.rawValue, $1.schedule.description)
    }
  }
}

// In files. Failures have lines of their own there.

extension Exploration {
  var json: JSON {
    [
      "how": .string(how), "with": .string(description), "sampler": .bool(isSampler),
      "bound": .int(bound), "runs": .int(runs), "cut": .int(cut), "steps": .int(steps),
      "deepest": .int(deepest), "unfinished": .int(unfinished),
      "schedules": .string(schedules?.description), "failing": .string(failing.description),
      "classes": .int(classes), "states": .int(states), "chance": .string(chance?.description),
      "stopped": .string(stopped.rawValue), "part": .bool(isPart),
      "finals": finals.map { finals in
        .object(finals.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      } ?? .null,
      "hidden": hidden.map { .array(($0.tasks + [$0.tick]).map { .int($0) }) } ?? .null,
      "cannot_end": .string(cannotEnd), "can_end": canEnd.map { .bool($0) } ?? .null,
      "undecided": undecided?.json ?? .null,
    ]
  }

  init?(_ json: JSON, failures: [FoundFailure]) {
    guard let how = json["how"]?.word, let description = json["with"]?.word,
      case .bool(let isSampler)? = json["sampler"], case .bool(let isPart)? = json["part"],
      let runs = json["runs"]?.number, let cut = json["cut"]?.number,
      let steps = json["steps"]?.number, let deepest = json["deepest"]?.number,
      let unfinished = json["unfinished"]?.number,
      let failing = json["failing"]?.word.flatMap({ Count(digits: $0) }),
      let stopped = json["stopped"]?.word.flatMap(ExplorationReport.Stop.init)
    else { return nil }
    self.how = how
    self.description = description
    self.isSampler = isSampler
    self.isPart = isPart
    self.runs = runs
    self.cut = cut
    self.steps = steps
    self.deepest = deepest
    self.unfinished = unfinished
    self.failing = failing
    self.stopped = stopped
    self.failures = failures
    bound = json["bound"]?.number
    schedules = json["schedules"]?.word.flatMap({ Count(digits: $0) })
    classes = json["classes"]?.number
    states = json["states"]?.number
    chance = json["chance"]?.word.flatMap(Fraction.init(parsing:))
    if case .bool(let canEnd)? = json["can_end"] { self.canEnd = canEnd }
    undecided = json["undecided"].flatMap(UndecidedPart.init)
    cannotEnd = json["cannot_end"]?.word
    if case .object(let members)? = json["finals"] {
      finals = Dictionary(members.map { ($0.0, $0.1.word ?? "") }) { first, _ in first }
    }
    if let numbers = json["hidden"]?.numbers, let tick = numbers.last {
      hidden = HiddenTasks(tasks: numbers.dropLast(), tick: tick)
    }
  }
}
