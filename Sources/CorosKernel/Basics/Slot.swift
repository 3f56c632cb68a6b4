/// The index of a live task in the kernel's tables: dense, and reused when the task has ended.
///
/// Inside the kernel a task is named by its slot, so that following a link is an array access. Slots never
/// leave the kernel as such; the outside world knows tasks by `TaskID`.
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
