/// Finds tasks by id: live ones by their slot, ended ones by their record.
///
/// Ids only grow, so entries are in pages of a thousand consecutive ids, and a page's memory is freed when all
/// of its ids are forgotten. Old pages with few tasks are put aside and found by bisection, all others by their
/// place in an array. So look-up is O(1) without hashing, walking is in the order of ids, and memory follows
/// the number of known tasks, however many there have been.
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
  /// The pages from `firstNumber` on; one without entries is empty and owns no memory.
  private var pages = ContiguousArray<Page>()
  /// How many entries each of them has.
  private var counts = ContiguousArray<Int32>()
  private var firstNumber = 0
  private var pagesInUse = 0
  /// The pages before those that have entries, in order.
  private var aside: ContiguousArray<AsidePage> = []

  private struct AsidePage {
    let number: Int
    var page: Page
    var count: Int32
  }

  subscript(tid: TaskID) -> Entry? {
    get {
      let number = tid.rawValue >> Self.pageBits
      guard number >= firstNumber else { return entryAside(tid, number) }
      guard number - firstNumber < pages.count else { return nil }
      let page = pages[number - firstNumber]
      return page.isEmpty ? nil : page[tid.rawValue & (Self.pageSize - 1)].entry
    }
    set {
      let number = tid.rawValue >> Self.pageBits
      guard number >= firstNumber else { return setAside(tid, number, newValue) }
      if number - firstNumber >= pages.count || pages[number - firstNumber].isEmpty {
        if newValue == nil { return }
        makePage(number)
      }
      let index = number - firstNumber
      let change = Self.replace(&pages[index][tid.rawValue & (Self.pageSize - 1)], newValue)
      guard change != 0 else { return }
      counts[index] += change
      if counts[index] == 0 {
        pages[index] = []
        pagesInUse -= 1
      }
    }
  }

  /// The first known id after the given one, with its entry.
  ///
  /// A walk over all is O(n) and visits each page; it needs no memory.
  func first(after tid: TaskID) -> (tid: TaskID, entry: Entry)? {
    var id = tid.rawValue + 1
    if id >> Self.pageBits < firstNumber {
      for index in place(aside: id >> Self.pageBits)..<aside.count {
        let start = aside[index].number << Self.pageBits
        for offset in max(0, id - start)..<Self.pageSize {
          if let entry = aside[index].page[offset].entry {
            return (TaskID(rawValue: start + offset), entry)
          }
        }
      }
      id = firstNumber << Self.pageBits
    }
    while id >> Self.pageBits - firstNumber < pages.count {
      let index = id >> Self.pageBits - firstNumber
      if counts[index] == 0 {
        id = (id >> Self.pageBits + 1) << Self.pageBits
      } else if let entry = pages[index][id & (Self.pageSize - 1)].entry {
        return (TaskID(rawValue: id), entry)
      } else {
        id += 1
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

  private mutating func makePage(_ number: Int) {
    let fewest = 64
    if pages.count > 2 * pagesInUse + fewest { retire() }
    while pages.count <= number - firstNumber {
      pages.append([])
      counts.append(0)
    }
    pages[number - firstNumber] = Page(repeating: PackedEntry(nil), count: Self.pageSize)
    pagesInUse += 1
  }

  // MARK: Pages put aside

  /// Puts the older half of the pages aside, and drops those of them that have no entries.
  private mutating func retire() {
    let half = pages.count / 2
    for index in 0..<half where counts[index] > 0 {
      let number = firstNumber + index
      aside.append(AsidePage(number: number, page: pages[index], count: counts[index]))
      pagesInUse -= 1
    }
    pages.removeFirst(half)
    counts.removeFirst(half)
    firstNumber += half
  }

  /// The place of a page, or of the first after it.
  private func place(aside number: Int) -> Int {
    var (low, high) = (0, aside.count)
    while low < high {
      let middle = low + (high - low) / 2
      if aside[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func entryAside(_ tid: TaskID, _ number: Int) -> Entry? {
    let index = place(aside: number)
    guard index < aside.count, aside[index].number == number else { return nil }
    return aside[index].page[tid.rawValue & (Self.pageSize - 1)].entry
  }

  private mutating func setAside(_ tid: TaskID, _ number: Int, _ entry: Entry?) {
    let index = place(aside: number)
    if index == aside.count || aside[index].number != number {
      if entry == nil { return }
      let page = Page(repeating: PackedEntry(nil), count: Self.pageSize)
      aside.insert(AsidePage(number: number, page: page, count: 0), at: index)
    }
    let offset = tid.rawValue & (Self.pageSize - 1)
    aside[index].count += Self.replace(&aside[index].page[offset], entry)
    if aside[index].count == 0 { aside.remove(at: index) }
  }
}
