/// Finds tasks by id: live ones by their slot, ended ones by their record.
///
/// Ids only grow, so entries stand in pages of consecutive ids; a page's memory goes when all of its ids
/// are forgotten. Look-up is O(1) and takes no hashing, walking is in order of id, and memory follows the
/// number of known tasks; of ids long forgotten twelve bytes a thousand remain.
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

  private typealias Page = ContiguousArray<PackedEntry>

  private static let pageSize = 1_024
  /// The pages by number; one without entries is empty and owns no memory.
  private var pages = ContiguousArray<Page>()
  /// How many entries each page has.
  private var counts = ContiguousArray<Int32>()

  subscript(tid: TaskID) -> Entry? {
    get {
      let (number, offset) = tid.rawValue.quotientAndRemainder(dividingBy: Self.pageSize)
      guard tid.rawValue >= 0, number < pages.count, !pages[number].isEmpty else { return nil }
      return pages[number][offset].entry
    }
    set {
      let (number, offset) = tid.rawValue.quotientAndRemainder(dividingBy: Self.pageSize)
      makeRoom(for: number)
      let was = pages[number][offset].entry != nil
      pages[number][offset] = PackedEntry(newValue)
      counts[number] += (newValue == nil ? 0 : 1) - (was ? 1 : 0)
      if counts[number] == 0 { pages[number] = [] }
    }
  }

  /// The known ids after the given one, with their entries, in order: O(n), and a look at each page.
  func entries(after tid: TaskID) -> [(tid: TaskID, entry: Entry)] {
    var result: [(tid: TaskID, entry: Entry)] = []
    for number in pages.indices where counts[number] > 0 {
      for (offset, packed) in pages[number].enumerated() {
        let found = TaskID(rawValue: number * Self.pageSize + offset)
        if let entry = packed.entry, found > tid { result.append((found, entry)) }
      }
    }
    return result
  }

  private mutating func makeRoom(for number: Int) {
    while pages.count <= number {
      pages.append([])
      counts.append(0)
    }
    if pages[number].isEmpty {
      pages[number] = Page(repeating: PackedEntry(nil), count: Self.pageSize)
    }
  }
}
