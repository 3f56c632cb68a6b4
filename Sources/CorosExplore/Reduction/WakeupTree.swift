import CorosKernel

/// The beginnings of runs that are still to be made from one state: sequences of steps, each begun like others as far
/// as it goes.
struct WakeupTree {
  /// A step, and what follows it.
  struct Branch {
    let task: TaskID
    let footprint: Int32
    var rest: WakeupTree
  }

  private(set) var branches: [Branch] = []

  var isEmpty: Bool { branches.isEmpty }

  /// Takes the first branch out.
  mutating func popFirst() -> Branch? { branches.isEmpty ? nil : branches.removeFirst() }

  /// Adds a beginning of one step.
  mutating func append(_ step: PlannedStep) {
    branches.append(Branch(task: step.task, footprint: step.footprint, rest: WakeupTree()))
  }

  /// Adds a sequence, unless one that is here already leads to the same.
  mutating func insert(_ sequence: [PlannedStep], _ table: inout FootprintTable) {
    guard !sequence.isEmpty else { return }
    for index in branches.indices {
      let branch = branches[index]
      guard sequence.canBegin(with: branch.task, branch.footprint, &table) else { continue }
      // The end of a sequence stands for whatever comes after it.
      if branch.rest.isEmpty { return }
      var rest = sequence
      if let place = rest.firstIndex(where: { $0.task == branch.task }) { rest.remove(at: place) }
      return branches[index].rest.insert(rest, &table)
    }
    var rest = WakeupTree()
    for step in sequence.reversed() {
      rest = WakeupTree(branches: [
        Branch(task: step.task, footprint: step.footprint, rest: rest)
      ])
    }
    branches += rest.branches
  }
}

/// A step that is to be made.
struct PlannedStep {
  let task: TaskID
  let footprint: Int32
  /// Whether it was tried by others, so that what came after it was not seen.
  var isForeign = false
}

extension [PlannedStep] {
  /// Whether a step of a task can come first, and the sequence with or after it lead to the same.
  func canBegin(with task: TaskID, _ footprint: Int32, _ table: inout FootprintTable) -> Bool {
    for step in self {
      if step.task == task { return true }
      if table.conflict(footprint, step.footprint) { return false }
    }
    return true
  }
}
