/// The memory of a load: numbered cells, each with a number.
///
/// In pages, so that a copy shares what is not changed after it; a page that was never written takes no memory.
struct Cells: Hashable {
  private typealias Page = ContiguousArray<Int>

  private static let pageSize = 256

  let count: Int
  private var pages: [Page?]

  /// Makes cells that contain 0.
  init(count: Int) {
    self.count = count
    pages = Array(repeating: nil, count: (count + Self.pageSize - 1) / Self.pageSize)
  }

  subscript(cell: Int) -> Int {
    get { pages[cell / Self.pageSize]?[cell % Self.pageSize] ?? 0 }
    set {
      let page = cell / Self.pageSize
      if pages[page] == nil { pages[page] = Page(repeating: 0, count: Self.pageSize) }
      pages[page]?[cell % Self.pageSize] = newValue
    }
  }
}
