package import CorosKernel

// Hearing once more of what has happened.

extension TimeMachine {
  /// Tells an observer of the last moves that led to the present, on a scheduler of its own.
  ///
  /// The present stays as it is. It costs what going back by as many moves would cost.
  ///
  /// - Parameters:
  ///   - count: of how many moves to tell; of all if there are fewer.
  ///   - effort: the most moves to make for it; beyond that nothing is told.
  ///   - observer: is told, in the order in which things happened.
  /// - Returns: whether all was told; if not, the run would take too long, or did not come out as it did.
  @discardableResult
  package func retell(last count: Int, within effort: Int, to observer: any Observer) -> Bool {
    let from = max(0, moment - max(0, count))
    let start = saves.lastCopy(atOrBefore: from)
    guard moment - (start?.moment ?? 0) <= effort else { return false }
    var playback = playback(from: start)
    do throws(Divergence) {
      try playback.run(to: from)
      // What was done at the first of these moments belongs to what came before it, but at the very first.
      if from > 0 { try playback.doActions() }
      playback.scheduler.add(observer)
      try playback.run(to: moment)
      try playback.doActions()
      return true
    } catch {
      return false
    }
  }
}
