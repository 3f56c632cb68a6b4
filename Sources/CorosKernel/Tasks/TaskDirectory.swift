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

  /// An entry in four bytes: a slot as it is, a record as its complement less one.
  private struct PackedEntry {
    private var bits: Int32 = -1

    init(_ entry: Entry?) {
      switch entry {
      case .live(let slot): bits = slot.index
      case .ended(let record): bits = Int32(truncatingIfNeeded: -2 - record)
      case nil: bits = -1
      }
    }

    var entry: Entry? {
      switch bits {
      case 0...: .live(Slot(Int(bits)))
      case -1: nil
      default: .ended(record: -2 - Int(bits))
      }
    }
  }

  private struct Page {
    var entries: ContiguousArray<PackedEntry>
    var count = 0

    init() {
      entries = ContiguousArray(repeating: PackedEntry(nil), count: TaskDirectory.pageSize)
    }

    /// Changes an entry and counts it.
    mutating func set(_ offset: Int, _ entry: Entry?) {
      count += (entry == nil ? 0 : 1) - (entries[offset].entry == nil ? 0 : 1)
      entries[offset] = PackedEntry(entry)
    }
  }

  private static let pageSize = 256
  private var pages: [Int: Page] = [:]

  subscript(tid: TaskID) -> Entry? {
    get {
      guard tid.rawValue >= 0 else { return nil }
      return pages[tid.rawValue / Self.pageSize]?.entries[tid.rawValue % Self.pageSize].entry
    }
    set {
      let (key, offset) = tid.rawValue.quotientAndRemainder(dividingBy: Self.pageSize)
      pages[key, default: Page()].set(offset, newValue)
      if newValue == nil, pages[key]?.count == 0 { pages[key] = nil }
    }
  }

  /// The known ids after the given one, with their entries, in order: O(n), and sorting the pages.
  func entries(after tid: TaskID) -> [(tid: TaskID, entry: Entry)] {
    var result: [(tid: TaskID, entry: Entry)] = []
    for key in pages.keys.sorted() {
      guard let page = pages[key], (key + 1) * Self.pageSize > tid.rawValue else { continue }
      for (offset, entry) in page.entries.enumerated() {
        let found = TaskID(rawValue: key * Self.pageSize + offset)
        if let entry = entry.entry, found > tid { result.append((found, entry)) }
      }
    }
    return result
  }
}
