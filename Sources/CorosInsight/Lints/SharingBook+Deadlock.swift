package import CorosKernel
import CorosLanguage

// What is likely behind a deadlock.

extension SharingBook {
  /// The notification that a task waits for in vain, if it is likely.
  ///
  /// - Parameters:
  ///   - id: The condition.
  ///   - atEnd: Whether no task can run any more; if not, all that have notified it must have ended.
  ///   - tick: The tick.
  /// - Returns: The finding about the first task that waits.
  func lostNotification(of id: ObjectID, atEnd: Bool, at tick: Tick) -> LintFinding? {
    guard isNotified(id), let condition = self[id], let last = condition.lastNotification,
      last.woken == 0,
      atEnd || condition.notifiers.isEmpty,
      let waiter = condition.stands.first(where: \.isOpenEnded)
    else { return nil }
    return LintFinding(
      lint: .lost,
      task: waiter.task,
      tick: tick,
      others: [last.task],
      objects: [condition.name],
      ticks: [last.tick]
    )
  }

  /// What is likely behind a deadlock: lost notifications and lost permits, a sentence each.
  package func suspicions(behind deadlock: Deadlock, _ scheduler: Scheduler) -> [String] {
    var sentences: [String] = []
    var seen: Swift.Set<ObjectID> = []
    for task in deadlock.blocked {
      guard case .object(let place) = task.reason, seen.insert(place.object).inserted else {
        continue
      }
      if let lost = lostNotification(of: place.object, atEnd: true, at: scheduler.now) {
        sentences.append(
          "the last to notify \(excerpt(of: place.name)), task \(lost.others[0])"
            + "\(TaskWords.inParentheses(lost.others[0], scheduler)) in tick \(lost.ticks[0]), "
            + "found no task waiting: the notification is lost"
        )
      }
      if let barrier = scheduler.object(place.object), barrier.kind == "barrier" {
        sentences.append("at \(excerpt(of: place.name)), \(barrier.summary)")
      }
      if let leaks = self[place.object]?.leaks, !leaks.isEmpty {
        let words = leaks.prefix(Self.mostLeaks).map { sentence(on: $0, scheduler) }
        let rest = leaks.count > words.count ? "; and \(leaks.count - words.count) more" : ""
        sentences.append(
          "\(excerpt(of: place.name)) has no permit left: " + words.joined(separator: "; ") + rest
        )
      }
    }
    return sentences
  }

  private static let mostLeaks = 5

  /// `task 4 (producer), killed at tick 31, took 1 more than it gave`.
  private func sentence(on leak: SharedThing.Leak, _ scheduler: Scheduler) -> String {
    let info = scheduler.info(leak.task)
    let end = info.flatMap { $0.status }.map { status -> String in
      let tick = info?.accounting.end.map { " at tick \($0)" } ?? ""
      return switch status {
      case .killed: ", killed\(tick),"
      case .failed: ", failed\(tick),"
      case .cancelled: ", cancelled\(tick),"
      case .exited: ", ended\(tick),"
      }
    }
    return
      "task \(leak.task)\(TaskWords.inParentheses(leak.task, scheduler))\(end ?? ", which has ended,")"
      + " took \(leak.count) more than it gave"
  }
}
