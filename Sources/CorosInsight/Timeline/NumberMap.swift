import CorosKernel

/// What is numbered in the order of its making, and never gets a number that another had.
protocol Numbered {
  var rawValue: Int { get }
}

extension TaskID: Numbered {}
extension ObjectID: Numbered {}

/// Values by task.
typealias TaskMap<Value> = NumberMap<TaskID, Value>

/// Values by task or by object, found without hashing.
///
/// Those that live together have numbers close to one another, so values stand in pages of consecutive numbers. A
/// page's memory goes with the last of its values; what remains is 16 bytes for each page.
struct NumberMap<Key: Numbered, Value> {
  private struct Page {
    /// One for each id, or none at all.
    var values: ContiguousArray<Value?> = []
    var count = 0
  }

  private static var pageBits: Int { 6 }
  private var pages = ContiguousArray<Page>()
  /// The memory of the page that was emptied last: a few values that come and go would else take some anew each time.
  private var spare: ContiguousArray<Value?> = []

  /// The value of a key, in O(1); setting nil forgets it.
  subscript(key: Key) -> Value? {
    get {
      let (page, place) = Self.location(of: key)
      guard page < pages.count, pages[page].count > 0 else { return nil }
      return pages[page].values[place]
    }
    set {
      let (page, place) = Self.location(of: key)
      if page >= pages.count || pages[page].count == 0 {
        if newValue == nil { return }
        makePage(page)
      }
      let before = exchange(&pages[page].values[place], with: newValue)
      pages[page].count += (newValue == nil ? 0 : 1) - (before == nil ? 0 : 1)
      if pages[page].count == 0 { spare = exchange(&pages[page].values, with: []) }
    }
  }

  /// Changes the value of a key in place, if it has one.
  ///
  /// Not by the subscript, which would search twice, and copy what the value refers to.
  ///
  /// - Returns: whether it has one.
  @inline(__always)
  @discardableResult
  mutating func update(_ key: Key, _ change: (inout Value) -> Void) -> Bool {
    let (page, place) = Self.location(of: key)
    guard page < pages.count, pages[page].count > 0 else { return false }
    // The one place where both arrays are checked for being shared.
    return pages.withUnsafeMutableBufferPointer { pages in
      pages[page].values.withUnsafeMutableBufferPointer { values in
        // Moved out and in again: were it copied, what it refers to would be shared meanwhile.
        guard var value = values[place].take() else { return false }
        change(&value)
        values[place] = value
        return true
      }
    }
  }

  /// Looks at a part of a key's value, without a copy of the rest; nil when it has none.
  @inline(__always)
  func part<Part>(of key: Key, _ part: (Value) -> Part) -> Part? {
    let (page, place) = Self.location(of: key)
    guard page < pages.count, pages[page].count > 0 else { return nil }
    return pages[page].values.withUnsafeBufferPointer { values in
      // Not bound to a name, for that would be a copy.
      values[place] == nil ? nil : part(values[place].unsafelyUnwrapped)
    }
  }

  private static func location(of key: Key) -> (page: Int, place: Int) {
    (key.rawValue >> pageBits, key.rawValue & (1 << pageBits - 1))
  }

  private mutating func makePage(_ page: Int) {
    while pages.count <= page { pages.append(Page()) }
    pages[page].values =
      spare.isEmpty
      ? ContiguousArray(repeating: nil, count: 1 << Self.pageBits) : exchange(&spare, with: [])
  }
}

extension NumberMap where Key == TaskID {
  /// Calls a function with each task and its value, in the order of the ids.
  func forEach(_ body: (TaskID, Value) -> Void) {
    for (number, page) in pages.enumerated() where page.count > 0 {
      for (place, value) in page.values.enumerated() {
        if let value { body(TaskID(rawValue: number << Self.pageBits + place), value) }
      }
    }
  }
}
