/// Finds tasks by id: live ones by their slot, ended ones by their record.
///
/// Ids only grow, so entries stand in pages of a thousand consecutive ids, and pages in regions of a
/// thousand; the memory of a page, and of a region, goes when all of its ids are forgotten. Look-up is
/// O(1) and takes no hashing, walking is in order of id, and memory follows the number of known tasks; of
/// ids long forgotten 24 bytes a million remain.
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

  /// The pages of consecutive ids; one without entries is empty and owns no memory.
  private struct Region {
    var pages: ContiguousArray<Page> = []
    /// How many entries each page has.
    var counts: ContiguousArray<Int32> = []
    var pagesInUse = 0
  }

  private static let pageBits = 10
  private static let pageSize = 1 << pageBits
  private static let regionBits = 10
  private static let regionSize = 1 << regionBits
  /// The regions by number; one without pages is empty and owns no memory.
  private var regions: ContiguousArray<Region> = []

  /// Where an id has its place.
  private struct Place {
    let region: Int
    let page: Int
    let offset: Int

    init(_ id: Int) {
      offset = id & (pageSize - 1)
      page = id >> pageBits & (regionSize - 1)
      region = id >> (pageBits + regionBits)
    }
  }

  subscript(tid: TaskID) -> Entry? {
    get {
      let place = Place(tid.rawValue)
      guard place.region >= 0, place.region < regions.count,
        place.page < regions[place.region].pages.count,
        !regions[place.region].pages[place.page].isEmpty
      else { return nil }
      return regions[place.region].pages[place.page][place.offset].entry
    }
    set {
      let place = Place(tid.rawValue)
      makeRoom(for: place)
      Self.set(newValue, at: place, in: &regions[place.region])
    }
  }

  /// The first known id after the given one, with its entry.
  ///
  /// A walk over all is O(n), and a look at each page of the regions that have any; it needs no memory.
  func first(after tid: TaskID) -> (tid: TaskID, entry: Entry)? {
    var id = tid.rawValue + 1
    while true {
      let place = Place(id)
      guard place.region < regions.count else { return nil }
      if regions[place.region].pages.isEmpty {
        id = (place.region + 1) << (Self.pageBits + Self.regionBits)
      } else if regions[place.region].counts[place.page] == 0 {
        id = (id >> Self.pageBits + 1) << Self.pageBits
      } else if let entry = regions[place.region].pages[place.page][place.offset].entry {
        return (TaskID(rawValue: id), entry)
      } else {
        id += 1
      }
    }
  }

  private static func set(_ entry: Entry?, at place: Place, in region: inout Region) {
    let wasEmpty = region.pages[place.page][place.offset].isEmpty
    region.pages[place.page][place.offset] = PackedEntry(entry)
    let change: Int32 = (wasEmpty ? 1 : 0) - (entry == nil ? 1 : 0)
    guard change != 0 else { return }
    region.counts[place.page] += change
    guard region.counts[place.page] == 0 else { return }
    region.pages[place.page] = []
    region.pagesInUse -= 1
    if region.pagesInUse == 0 { region = Region() }
  }

  @inline(__always)
  private mutating func makeRoom(for place: Place) {
    if place.region < regions.count, place.page < regions[place.region].pages.count,
      !regions[place.region].pages[place.page].isEmpty
    {
      return
    }
    makePage(for: place)
  }

  private mutating func makePage(for place: Place) {
    while regions.count <= place.region { regions.append(Region()) }
    if regions[place.region].pages.isEmpty {
      regions[place.region].pages = .init(repeating: [], count: Self.regionSize)
      regions[place.region].counts = .init(repeating: 0, count: Self.regionSize)
    }
    regions[place.region].pages[place.page] = Page(
      repeating: PackedEntry(nil),
      count: Self.pageSize
    )
    regions[place.region].pagesInUse += 1
  }
}
