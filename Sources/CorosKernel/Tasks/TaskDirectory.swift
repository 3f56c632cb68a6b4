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

    var isEmpty: Bool { bits == -1 }

    var entry: Entry? {
      switch bits {
      case 0...: .live(Slot(Int(bits)))
      case -1: nil
      default: .ended(record: -2 - Int(bits))
      }
    }
  }

  private typealias Page = ContiguousArray<PackedEntry>

  private static let pageBits = 10
  private static let pageSize = 1 << pageBits
  /// The pages by number; one without entries is empty and owns no memory.
  private var pages = ContiguousArray<Page>()
  /// How many entries each page has.
  private var counts = ContiguousArray<Int32>()

  subscript(tid: TaskID) -> Entry? {
    get {
      let number = tid.rawValue >> Self.pageBits
      guard number >= 0, number < pages.count else { return nil }
      let page = pages[number]
      return page.isEmpty ? nil : page[tid.rawValue & (Self.pageSize - 1)].entry
    }
    set {
      let number = tid.rawValue >> Self.pageBits
      if number >= pages.count || pages[number].isEmpty { makeRoom(for: number) }
      let change = Self.replace(&pages[number][tid.rawValue & (Self.pageSize - 1)], newValue)
      guard change != 0 else { return }
      counts[number] += change
      if counts[number] == 0 { pages[number] = [] }
    }
  }

  /// The first known id after the given one, with its entry.
  ///
  /// A walk over all is O(n), and a look at each page; it needs no memory.
  func first(after tid: TaskID) -> (tid: TaskID, entry: Entry)? {
    var number = tid.rawValue + 1
    while number >> Self.pageBits < pages.count {
      let page = number >> Self.pageBits
      if counts[page] == 0 {
        number = (page + 1) << Self.pageBits
      } else if let entry = pages[page][number & (Self.pageSize - 1)].entry {
        return (TaskID(rawValue: number), entry)
      } else {
        number += 1
      }
    }
    return nil
  }

  /// Puts an entry in its place, and returns by how many entries the page has grown.
  @inline(__always)
  private static func replace(_ place: inout PackedEntry, _ entry: Entry?) -> Int32 {
    let wasEmpty = place.isEmpty
    place = PackedEntry(entry)
    return (wasEmpty ? 1 : 0) - (place.isEmpty ? 1 : 0)
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
