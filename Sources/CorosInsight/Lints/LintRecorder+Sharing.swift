import CorosKernel

// The mistakes that tasks make with what they share: circles, orphans, orders, lost notifications, inversion,
// too many handles.

extension LintRecorder {
  /// Takes in an event, after the books of waits are up to date.
  func observeSharing(_ event: Event, at now: Tick) {
    let task = event.task
    switch event.action {
    case .blocked(let reason, let deadline):
      memory.sharing.note(event, at: now)
      wait(event, reason, deadline)
    case .woke:
      forgetCircles(with: task)
      memory.inversions.noteEndOfWait(of: task)
      memory.sharing.note(event, at: now)
    case .cancelled:
      memory.waits[task] = nil
      forgetCircles(with: task)
      memory.sharing.note(event, at: now)
    case .acquired(let place, let last?) where memory.justEnded.contains(last):
      find(orphanOf: last, place, heir: task, isHalfChanged: true, at: event.tick)
      memory.sharing.note(event, at: now)
    case .acquired, .released: memory.sharing.note(event, at: now)
    case .abandoned(let place, let last):
      let isLock = memory.sharing[place.object]?.isLock ?? true
      let isShared = memory.sharing[place.object]?.isShared(place.mode) ?? false
      find(orphanOf: last, place, heir: nil, isHalfChanged: isLock && !isShared, at: event.tick)
    case .exited: end(event, at: now)
    case .detail(let detail): note(detail, event, at: now)
    default: break
    }
  }

  private func note(_ detail: Event.Detail, _ event: Event, at now: Tick) {
    memory.sharing.note(event, at: now)
    switch detail {
    case .asked(let place): ask(event.task, for: place, at: event.tick)
    case .limited:
      memory.waits[event.task] = nil
      forgetCircles(with: event.task)
    case .prioritised(let priority): memory.inversions.notePriority(priority, of: event.task)
    case .ruled(let policy): memory.inversions.noteRule(policy)
    case .heard(let ended): hear(ofEndOf: ended)
    case .scarce(let used, let limit): findScarcity(used, limit, event)
    case .notified: memory.hasNotified = true
    case .made, .removed, .took, .gave, .failed: break
    }
  }

  private func wait(_ event: Event, _ reason: WaitReason, _ deadline: Tick?) {
    let task = event.task
    // Whether somebody can be in the way of the task: most wait for the world, where nobody is.
    var isBehindTask = memory.waits[task] != nil
    if case .object(let place) = reason {
      if memory.sharing.isHeldLock(place.object) {
        isBehindTask = true
        memory.inversions.noteWait(of: task, for: place.object)
        memory.isBusy = memory.isBusy || memory.inversions.isWatching
      }
      if deadline == nil { findLost(place.object, at: event.tick) }
    }
    if deadline == nil, isBehindTask, task != .operator { findCircle(from: task, at: event.tick) }
  }

  private func end(_ event: Event, at now: Tick) {
    let task = event.task
    forgetCircles(with: task)
    memory.inversions.noteEndOfWait(of: task)
    memory.inversions.noteEnd(of: task)
    memory.stopped.remove(task)
    guard memory.sharing.hasToDo(with: task) else { return }
    memory.justEnded.append(task)
    memory.isBusy = true
    let notified = memory.sharing.notified(by: task)
    memory.sharing.note(event, at: now)
    for condition in notified { findLost(condition, at: event.tick) }
  }

  // MARK: Circles

  /// Looks for a circle along the new wait of a task.
  private func findCircle(from task: TaskID, at tick: Tick) {
    let first = obstacles(of: task)
    if first.isEmpty { return }
    var path = [task]
    var ahead = [first[...]]
    var visited: Swift.Set<TaskID> = [task]
    while !path.isEmpty {
      guard let next = ahead[path.count - 1].popFirst() else {
        path.removeLast()
        ahead.removeLast()
        continue
      }
      if next == task { return noteCircle(path, at: tick) }
      guard visited.count < Self.longestCircle, visited.insert(next).inserted else { continue }
      path.append(next)
      ahead.append(obstacles(of: next)[...])
    }
  }

  /// The tasks for all of which a task waits, as far as nothing else can let it go on.
  private func obstacles(of task: TaskID) -> [TaskID] {
    memory.waits[task].map { [$0] } ?? memory.sharing.obstacles(of: task)
  }

  /// Keeps a circle, which begins with its oldest task as that of a deadlock does.
  private func noteCircle(_ path: [TaskID], at tick: Tick) {
    let oldest = path.indices.min { path[$0] < path[$1] } ?? 0
    let circle = Array(path[oldest...] + path[..<oldest])
    memory.latest.append(
      LintFinding(
        lint: .circle,
        task: circle[0],
        tick: tick,
        others: Array(circle.dropFirst()),
        objects: circle.map { memory.sharing.places(of: $0).first?.name ?? "" }
      )
    )
    memory.isBusy = true
  }

  /// Drops the circles of this step in which a task does not wait any more.
  private func forgetCircles(with task: TaskID) {
    if memory.latest.isEmpty { return }
    memory.latest.removeAll { $0.task == task || $0.others.contains(task) }
  }

  // MARK: Orphans

  private func find(
    orphanOf task: TaskID,
    _ place: ObjectPlace,
    heir: TaskID?,
    isHalfChanged: Bool,
    at tick: Tick
  ) {
    memory.sharing.noteLeftBehind(place)
    keep(
      LintFinding(
        lint: .orphan,
        task: task,
        tick: tick,
        others: heir.map { [$0] } ?? [],
        objects: [place.name],
        isHalfChanged: isHalfChanged
      )
    )
  }

  // MARK: Orders

  private func ask(_ task: TaskID, for asked: ObjectPlace, at tick: Tick) {
    let book = memory.sharing
    guard let thing = book[asked.object], thing.isLock else { return }
    let held = book.held(by: task).compactMap { id -> OrderGraph.Place? in
      guard let thing = book[id], thing.isLock else { return nil }
      let mode = thing.holds.first { $0.task == task }?.mode ?? 0
      return OrderGraph.Place(lock: id, isShared: thing.isShared(mode))
    }
    guard !held.isEmpty else { return }
    let place = OrderGraph.Place(lock: asked.object, isShared: thing.isShared(asked.mode))
    guard let circle = memory.orders.note(place, held: held, by: task, at: tick) else { return }
    keep(
      LintFinding(
        lint: .order,
        task: task,
        tick: tick,
        others: circle.map(\.task),
        objects: [asked.name] + circle.map { book[$0.lock]?.name ?? "" },
        ticks: circle.map(\.tick)
      )
    )
  }

  // MARK: Lost notifications

  /// Looks whether a task waits for a condition that nobody may notify any more, the last time having been in vain.
  private func findLost(_ id: ObjectID, at tick: Tick) {
    guard memory.hasNotified,
      let finding = memory.sharing.lostNotification(of: id, atEnd: false, at: tick),
      !memory.found.contains(where: { $0.lint == .lost && $0.isLike(finding) })
    else { return }
    keep(finding)
  }

  // MARK: Handles

  /// Keeps that few handles are left, or none: each once for a limit, and once for the system's own.
  private func findScarcity(_ used: Int, _ limit: Int?, _ event: Event) {
    guard event.task != .operator else { return }
    let finding = LintFinding(
      lint: .handles,
      task: event.task,
      tick: event.tick,
      used: used,
      limit: limit ?? 0,
      isSystems: limit == nil
    )
    // Of a limit that is reached already, it is too late to say that it is near.
    let isKnown = memory.found.contains {
      $0.lint == .handles && $0.isSystems == finding.isSystems && $0.limit == finding.limit
        && ($0.isAtLimit || !finding.isAtLimit)
    }
    if !isKnown { keep(finding) }
  }

  // MARK: Inversion

  func lookForInversion(by runner: TaskID, at tick: Tick) {
    guard memory.inversions.isWatching else { return }
    let (waiting, stopped) = (memory.waiting, memory.stopped)
    let findings = memory.inversions.look(at: runner, memory.sharing) {
      !waiting.contains($0) && !stopped.contains($0)
    }
    for finding in findings {
      keep(
        LintFinding(
          lint: .inversion,
          task: finding.task,
          tick: tick,
          others: [finding.holder, finding.runner],
          objects: [memory.sharing[finding.lock]?.name ?? ""]
        )
      )
    }
  }
}

extension LintFinding {
  /// Whether it says the same of the same tasks, perhaps at another tick.
  fileprivate func isLike(_ other: LintFinding) -> Bool {
    (task, others, objects, ticks) == (other.task, other.others, other.objects, other.ticks)
  }
}
