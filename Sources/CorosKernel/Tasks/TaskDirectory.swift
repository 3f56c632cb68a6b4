/// Finds tasks by id: live ones by their slot, ended ones by their record.
///
/// Ids only grow, so entries are in pages of a thousand consecutive ids, and a page's memory is freed when all
/// of its ids are forgotten. Old pages with few tasks are put aside and found by bisection, all others by their
/// place in an array. So look-up is O(1) without hashing, walking is in the order of ids, and memory follows
/// the number of known tasks, however many there have been. The first page grows with its ids: a machine with a few
/// tasks, which explorers copy all the time, has a small one.
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
      return Self.entry(at: tid.rawValue & (Self.pageSize - 1), of: pages[number - firstNumber])
    }
    set {
      let number = tid.rawValue >> Self.pageBits
      guard number >= firstNumber else { return setAside(tid, number, newValue) }
      if number - firstNumber >= pages.count || pages[number - firstNumber].isEmpty {
        if newValue == nil { return }
        makePage(number)
      }
      let index = number - firstNumber
      let offset = tid.rawValue & (Self.pageSize - 1)
      let change = Self.replace(at: offset, of: &pages[index], newValue)
      guard change != 0 else { return }
      counts[index] += change
      if counts[index] == 0 {
        pages[index] = []
        pagesInUse -= 1
      }
    }
  }

  /// Becomes the same as another.
  mutating func become(_ other: TaskDirectory) {
    if pages.count == other.pages.count {
      for index in pages.indices { pages[index].become(other.pages[index]) }
    } else {
      pages = other.pages
    }
    renew(&counts, from: other.counts)
    firstNumber = other.firstNumber
    pagesInUse = other.pagesInUse
    renew(&aside, from: other.aside)
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
          if let entry = Self.entry(at: offset, of: aside[index].page) {
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
      } else if let entry = Self.entry(at: id & (Self.pageSize - 1), of: pages[index]) {
        return (TaskID(rawValue: id), entry)
      } else {
        id += 1
      }
    }
    return nil
  }

  /// The entry in a place of a page; nil behind its end.
  @inline(__always)
  private static func entry(at offset: Int, of page: Page) -> Entry? {
    offset < page.count ? page[offset].entry : nil
  }

  /// Puts an entry in its place, and returns how many entries more the page has.
  @inline(__always)
  private static func replace(at offset: Int, of page: inout Page, _ entry: Entry?) -> Int32 {
    while page.count <= offset { page.append(PackedEntry(nil)) }
    let wasEmpty = page[offset].isEmpty
    page[offset] = PackedEntry(entry)
    return (wasEmpty ? 1 : 0) - (page[offset].isEmpty ? 1 : 0)
  }

  private mutating func makePage(_ number: Int) {
    let fewest = 64
    if pages.count > 2 * pagesInUse + fewest { retire() }
    while pages.count <= number - firstNumber {
      pages.append([])
      counts.append(0)
    }
    pages[number - firstNumber] = Page(
      repeating: PackedEntry(nil),
      count: number == 0 ? 1 : Self.pageSize
    )
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
    return Self.entry(at: tid.rawValue & (Self.pageSize - 1), of: aside[index].page)
  }

  private mutating func setAside(_ tid: TaskID, _ number: Int, _ entry: Entry?) {
    let index = place(aside: number)
    if index == aside.count || aside[index].number != number {
      if entry == nil { return }
      let page = Page(repeating: PackedEntry(nil), count: Self.pageSize)
      aside.insert(AsidePage(number: number, page: page, count: 0), at: index)
    }
    let offset = tid.rawValue & (Self.pageSize - 1)
    aside[index].count += Self.replace(at: offset, of: &aside[index].page, entry)
    if aside[index].count == 0 { aside.remove(at: index) }
  }
}
