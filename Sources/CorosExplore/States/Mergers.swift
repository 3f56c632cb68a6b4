import CorosKernel

/// Tells which task may make its next step alone, since nobody else can ever tell when it makes it.
///
/// A step that is independent of all that the others may still do can be made at once: whatever the others do first,
/// they do the same after it. (Ample sets of one task: Peled, CAV 1993.)
struct Mergers {
  /// Whether there are conditions that look at objects after each step, so that a change is seen by them.
  private let isWatched: Bool
  private var tasks: ContiguousArray<(task: TaskID, prospect: Prospect)> = []

  init(isWatched: Bool) { self.isWatched = isWatched }

  /// What the live tasks may still do, all together; nil where that is not known.
  mutating func prospects(on ground: Ground) -> Prospect.Deeds? {
    tasks.removeAll(keepingCapacity: true)
    var all = Prospect.Deeds()
    guard !ground.scheduler.mayChangeByTime else { return nil }
    let isKnown = ground.scheduler.forEachProspect { task, prospect in
      tasks.append((task, prospect))
      all.formUnion(prospect.all)
    }
    return isKnown ? all : nil
  }

  /// A ready task whose next step can be made alone, by the prospects that were asked for last.
  ///
  /// - Parameters:
  ///   - ready: the ready tasks.
  ///   - excluded: those that turned out to have to wait.
  /// - Returns: nil when there is none.
  func loner(among ready: ContiguousArray<TaskID>, except excluded: [TaskID]) -> TaskID? {
    for task in ready where !excluded.contains(task) {
      guard let own = tasks.first(where: { $0.task == task })?.prospect.next,
        !isWatched || own.changes == 0 && !own.traits.contains(.ends)
      else { continue }
      if tasks.allSatisfy({ $0.task == task || own.isIndependent(of: $0.prospect.all) }) {
        return task
      }
    }
    return nil
  }

  /// Whether nobody can tell that a task ends in its next step, as it may by failing.
  func mayEnd(_ task: TaskID, on ground: Ground) -> Bool {
    if isWatched || ground.scheduler.holdsSomething(task) { return false }
    return tasks.allSatisfy {
      $0.task == task || $0.prospect.all.traits.isDisjoint(with: [.tasks, .unknown])
    }
  }
}

extension Prospect.Deeds {
  /// Whether one task may end another.
  var mayKill: Bool { !traits.isDisjoint(with: [.unknown, .unsteady]) }
}
