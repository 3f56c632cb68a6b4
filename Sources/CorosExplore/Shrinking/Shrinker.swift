import CorosHistory
import CorosKernel

/// Makes the schedule of a failure smaller, as long as the same failure comes of it.
///
/// Each schedule that it takes was run, and failed in the same way. It never becomes larger.
struct Shrinker {
  private let campaign: Campaign
  private var ground: Ground { campaign.ground }
  private let signature: Signature
  private var path: [TaskID]
  private var size: ExplorationFailure.Size
  /// How many schedules were tried.
  private(set) var replays = 0

  /// The most steps beyond those of the failure that a schedule may take to fail.
  private static let excess = 200
  /// The most schedules to look at for a proof that none is smaller.
  static let proof = 10_000

  init(_ campaign: Campaign, _ signature: Signature, _ failure: ExplorationFailure) {
    self.campaign = campaign
    self.signature = signature
    path = failure.choices
    size = failure.size
  }

  /// Tries until nothing helps any more.
  ///
  /// - Returns: the smallest schedule, its size, and how sure it is that there is no smaller one.
  mutating func shrink() throws -> (
    path: [TaskID], size: ExplorationFailure.Size, minimal: ExplorationFailure.Minimality
  ) {
    while true {
      while try dropStretches() || improveStretches() {}
      switch try prove() {
      case .proved: return (path, size, .proved)
      case .unknown: return (path, size, .local)
      case .improved: continue
      }
    }
  }

  // MARK: Trying

  /// Runs a schedule of stretches, and takes it if it fails in the same way and is smaller.
  private mutating func take(_ stretches: [Stretch]) throws -> Bool {
    replays += 1
    guard try fails(stretches) else { return false }
    let (found, foundSize) = (Array(ground.path), ground.size)
    guard foundSize < size || (foundSize == size && found.lexicographicallyPrecedes(path)) else {
      return false
    }
    (path, size) = (found, foundSize)
    return true
  }

  /// Whether a schedule fails in the same way, with the ground then at the failure.
  ///
  /// What cannot run is skipped; after the last stretch the last task goes on, or the oldest.
  private func fails(_ stretches: [Stretch]) throws -> Bool {
    let most = path.count + Self.excess
    try ground.reset()
    for stretch in stretches {
      var left = stretch.count
      while left > 0, ground.depth < most {
        guard ground.settle() else { return endFails() }
        guard ground.ready.contains(stretch.task) else { break }
        left -= 1
        if try stepFails(stretch.task) { return true }
      }
    }
    while ground.depth < most {
      guard ground.settle() else { return endFails() }
      let last = ground.path.last.flatMap { ground.ready.contains($0) ? $0 : nil }
      if try stepFails(last ?? ground.ready[0]) { return true }
    }
    return false
  }

  private func stepFails(_ task: TaskID) throws -> Bool {
    let fate = try ground.step(task)
    return campaign.verdicts(on: fate, task).contains { isSame($0) }
  }

  private func endFails() -> Bool {
    campaign.verdictsOnEnd().contains { isSame($0) }
  }

  private func isSame(_ verdict: Verdict) -> Bool {
    verdict.kind == signature.kind && ground.signature(of: verdict) == signature
  }

  // MARK: Passes

  /// Drops stretches: half of them, a quarter, down to each by itself.
  private mutating func dropStretches() throws -> Bool {
    var hasImproved = false
    var chunk = max(1, Stretch.stretches(of: path).count / 2)
    while true {
      var start = 0
      while start < Stretch.stretches(of: path).count {
        var shorter = Stretch.stretches(of: path)
        shorter.removeSubrange(start..<min(start + chunk, shorter.count))
        if try take(shorter) { hasImproved = true } else { start += chunk }
      }
      if chunk == 1 { return hasImproved }
      chunk /= 2
    }
  }

  /// Joins each stretch to the next one of the same task or that one to it, lets it run on, or swaps it with the next.
  private mutating func improveStretches() throws -> Bool {
    var hasImproved = false
    var place = 0
    while place < Stretch.stretches(of: path).count {
      let stretches = Stretch.stretches(of: path)
      var isBetter = false
      for attempt in Self.variations(of: stretches, at: place) where try take(attempt) {
        isBetter = true
        break
      }
      if isBetter { hasImproved = true } else { place += 1 }
    }
    return hasImproved
  }

  private static func variations(of stretches: [Stretch], at place: Int) -> [[Stretch]] {
    var result: [[Stretch]] = []
    let task = stretches[place].task
    if let other = stretches[(place + 1)...].firstIndex(where: { $0.task == task }) {
      let sum = stretches[place].count + stretches[other].count
      var earlier = stretches
      earlier[place].count = sum
      earlier.remove(at: other)
      var later = stretches
      later[other].count = sum
      later.remove(at: place)
      result += [earlier, later]
    }
    var longer = stretches
    longer[place].count = .max
    result.append(longer)
    if place + 1 < stretches.count {
      var swapped = stretches
      swapped.swapAt(place, place + 1)
      result.append(swapped)
    }
    return result
  }

  // MARK: Proof

  private enum Proof {
    case proved
    case unknown
    case improved
  }

  /// Looks at all schedules with fewer preemptions, unless they are too many.
  private mutating func prove() throws -> Proof {
    if size.preemptions == 0 { return .proved }
    var search = TreeSearch(PreemptionCosts(), budget: size.preemptions - 1)
    var hasUnfinished = false
    for run in 0..<Self.proof {
      guard let start = search.begin(run: run) else { return hasUnfinished ? .unknown : .proved }
      try ground.backtrack(to: start.depth, isLast: start.isLast)
      var hasFailed = false
      while !hasFailed {
        guard ground.settle() else {
          hasFailed = endFails()
          break
        }
        if ground.depth >= path.count + Self.excess {
          hasUnfinished = true
          break
        }
        hasFailed = try stepFails(search.task(on: ground))
      }
      if hasFailed {
        (path, size) = (Array(ground.path), ground.size)
        return .improved
      }
    }
    return .unknown
  }
}
