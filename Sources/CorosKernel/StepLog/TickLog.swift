/// The tick of each moment, in little memory: as stretches of even pace.
package struct TickLog {
  private struct Stretch {
    let moment: Int
    let tick: Tick
    /// By how much each moment of the stretch is later than the one before.
    var pace: Tick
  }

  private var stretches: ContiguousArray<Stretch>
  /// The number of moments, including the first.
  package private(set) var count = 1
  // What the last stretch leads to, so that an even step need not look at it.
  /// The pace of the last stretch.
  private var pace: Tick = 1
  /// The tick of the next moment, if it comes at that pace.
  private var next: Tick

  /// Begins with the first moment.
  package init(start: Tick = 0) {
    stretches = [Stretch(moment: 0, tick: start, pace: 1)]
    next = start &+ 1
  }

  /// Records the tick of the next moment, in O(1).
  @inline(__always)
  package mutating func append(_ tick: Tick) {
    if _slowPath(tick != next) { turn(at: tick) }
    count &+= 1
    next = tick &+ pace
  }

  private mutating func turn(at tick: Tick) {
    let last = stretches[stretches.count - 1]
    if count - last.moment == 1 {
      // A single moment has no pace yet.
      pace = tick - last.tick
      stretches[stretches.count - 1].pace = pace
    } else {
      pace = 1
      stretches.append(Stretch(moment: count, tick: tick, pace: pace))
    }
  }

  /// The tick of a moment, in O(log n).
  package subscript(moment: Int) -> Tick {
    let stretch = stretches[index { $0.moment <= moment }]
    return stretch.tick + (moment - stretch.moment) * stretch.pace
  }

  /// The last moment at this tick or an earlier one, in O(log n).
  package func lastMoment(atOrBefore tick: Tick) -> Int {
    guard let first = stretches.first, first.tick <= tick else { return 0 }
    let place = index { $0.tick <= tick }
    let stretch = stretches[place]
    let end = place + 1 < stretches.count ? stretches[place + 1].moment : count
    return min(stretch.moment + (tick - stretch.tick) / max(1, stretch.pace), end - 1)
  }

  /// The moments up to this one.
  package func through(_ moment: Int) -> TickLog {
    var result = self
    result.count = min(count, moment + 1)
    while let last = result.stretches.last, last.moment >= result.count {
      result.stretches.removeLast()
    }
    result.pace = result.stretches.last?.pace ?? 1
    result.next = result[result.count - 1] &+ result.pace
    return result
  }

  /// The last stretch for which a condition holds, which holds for all before it.
  private func index(where holds: (Stretch) -> Bool) -> Int {
    var (low, high) = (0, stretches.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if holds(stretches[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}
