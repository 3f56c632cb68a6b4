/// Where a live task stands in the kernel's tables: dense, and used again when the task is gone.
///
/// Inside the kernel a task is named by its slot, so that following a link is an array access. Slots
/// never leave the kernel on their own; the outside world knows tasks by `TaskID`.
struct Slot: Hashable {
  let index: Int32

  init(_ index: Int) {
    self.index = Int32(truncatingIfNeeded: index)
  }

  /// The absence of a slot: the end of a list.
  static let none = Slot(-1)
  /// The operator's slot, taken for as long as the scheduler lives.
  static let `operator` = Slot(0)
}
