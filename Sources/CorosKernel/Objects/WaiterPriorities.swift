/// The priorities of tasks, where the policy has them count for those who wait for objects.
struct WaiterPriorities {
  /// Whether they count at all.
  let matter: Bool
  /// Whether a task that holds what others wait for has theirs.
  let areLent: Bool
  private var owns = SlotTable(standard: 0)
  private var effectives = SlotTable(standard: 0)
  private var changed: [Slot] = []

  init() {
    self.init(.arrival, [])
  }

  init(_ order: WaiterOrder, _ tasks: [(slot: Slot, priority: Int)]) {
    matter = order != .arrival
    areLent = order == .lentPriority
    guard matter else { return }
    for (slot, priority) in tasks {
      owns[slot] = priority
      effectives[slot] = priority
    }
  }

  /// Becomes the same as others.
  mutating func become(_ other: WaiterPriorities) {
    if matter || other.matter { self = other }
  }

  /// A task's own priority.
  func own(of slot: Slot) -> Int { owns[slot] }

  /// What counts: its own, or a higher one that was lent to it.
  func effective(of slot: Slot) -> Int { effectives[slot] }

  mutating func setOwn(_ priority: Int, of slot: Slot) { owns[slot] = priority }

  /// Notes what counts; false when it did already.
  mutating func setEffective(_ priority: Int, of slot: Slot) -> Bool {
    if effectives[slot] == priority { return false }
    effectives[slot] = priority
    changed.append(slot)
    return true
  }

  mutating func forget(_ slot: Slot) {
    owns[slot] = 0
    effectives[slot] = 0
  }

  var haveChanged: Bool { !changed.isEmpty }

  mutating func takeChanged() -> [Slot] {
    if changed.isEmpty { return [] }
    defer { changed = [] }
    return changed
  }
}
