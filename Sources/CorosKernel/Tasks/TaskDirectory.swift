/// Finds tasks by id: live ones by their slot, ended ones by their record.
///
/// Ids only grow, so entries stand in pages of consecutive ids; a page goes when all of its ids are
/// forgotten. Look-up is O(1), walking is in order of id, and memory follows the number of known tasks,
/// not the number of ids ever given.
struct TaskDirectory {
  enum Entry {
    case live(Slot)
    case ended(record: Int)
  }

  private struct Page {
    var entries: ContiguousArray<Entry?>
    var count = 0

    init() {
      entries = ContiguousArray(repeating: nil, count: TaskDirectory.pageSize)
    }
  }

  private static let pageSize = 256
  private var pages: [Int: Page] = [:]

  subscript(tid: TaskID) -> Entry? {
    get {
      guard tid.rawValue >= 0 else { return nil }
      return pages[tid.rawValue / Self.pageSize]?.entries[tid.rawValue % Self.pageSize]
    }
    set {
      let (key, offset) = tid.rawValue.quotientAndRemainder(dividingBy: Self.pageSize)
      var change = (newValue == nil ? 0 : 1)
      if let old = pages[key]?.entries[offset] {
        _ = old
        change -= 1
      }
      pages[key, default: Page()].entries[offset] = newValue
      pages[key, default: Page()].count += change
      if pages[key]?.count == 0 { pages[key] = nil }
    }
  }

  /// The next known id after the given one, with its entry; nil when there is none.
  ///
  /// Cost: O(1) amortised over a walk, after sorting the pages once for the walk.
  func entries(after tid: TaskID) -> [(tid: TaskID, entry: Entry)] {
    var result: [(tid: TaskID, entry: Entry)] = []
    for key in pages.keys.sorted() {
      guard let page = pages[key], (key + 1) * Self.pageSize > tid.rawValue else { continue }
      for (offset, entry) in page.entries.enumerated() {
        let found = TaskID(rawValue: key * Self.pageSize + offset)
        if let entry, found > tid { result.append((found, entry)) }
      }
    }
    return result
  }
}
