import CorosKernel

/// What each step of each task has touched so far, in whatever run.
///
/// What a step touches may depend on what came before it: a call that is refused, or wakes somebody, touches other things
/// than one that is not. A step that is planned in another place than the one in which it was seen may turn out so.
struct StepUnions {
  /// For each task and each of its steps, the number of the footprint; -1 for none.
  private var numbers: ContiguousArray<ContiguousArray<Int32>> = []

  /// Takes in a step.
  ///
  /// - Parameters:
  ///   - number: its footprint.
  ///   - task: whose step it is.
  ///   - index: which of the steps of its task it is.
  ///   - table: knows the footprints by their numbers.
  mutating func note(
    _ number: Int32,
    of task: TaskID,
    _ index: Int,
    _ table: inout FootprintTable
  ) {
    while numbers.count <= task.rawValue { numbers.append([]) }
    while numbers[task.rawValue].count <= index { numbers[task.rawValue].append(-1) }
    let known = numbers[task.rawValue][index]
    if known == number { return }
    numbers[task.rawValue][index] = known < 0 ? number : table.union(known, number)
  }

  /// What a step has touched; nil where it was never made.
  func footprint(of task: TaskID, _ index: Int) -> Int32? {
    guard task.rawValue < numbers.count, index < numbers[task.rawValue].count else { return nil }
    let number = numbers[task.rawValue][index]
    return number < 0 ? nil : number
  }
}
