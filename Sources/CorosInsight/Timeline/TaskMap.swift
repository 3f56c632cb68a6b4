import CorosKernel

/// Values by task, found without hashing.
///
/// Tasks that live together have ids close to one another, so values stand in pages of consecutive ids. A
/// page's memory goes with the last of its values; what remains is 16 bytes for each page.
struct TaskMap<Value> {
  private struct Page {
    /// One for each id, or none at all.
    var values: ContiguousArray<Value?> = []
    var count = 0

    /// Keeps count of a value that was, or was not, there before.
    @inline(__always)
    mutating func noteChange(at place: Int, wasThere: Bool) {
      let isThere = values[place] != nil
      if isThere != wasThere { count += isThere ? 1 : -1 }
      if count == 0 { values = [] }
    }
  }

  private static var pageBits: Int { 6 }
  private var pages = ContiguousArray<Page>()

  /// The value of a task, in O(1); setting nil forgets it.
  subscript(task: TaskID) -> Value? {
    get {
      let (page, place) = Self.location(of: task)
      guard page < pages.count, pages[page].count > 0 else { return nil }
      return pages[page].values[place]
    }
    @inline(__always)
    _modify {
      let (page, place) = Self.location(of: task)
      if page >= pages.count || pages[page].count == 0 { makePage(page) }
      let wasThere = pages[page].values[place] != nil
      defer {
        // A value that was changed in place needs no more; most are.
        if !wasThere || pages[page].values[place] == nil {
          pages[page].noteChange(at: place, wasThere: wasThere)
        }
      }
      yield &pages[page].values[place]
    }
  }

  /// Calls a function with each task and its value, in the order of the ids.
  func forEach(_ body: (TaskID, Value) -> Void) {
    for (number, page) in pages.enumerated() where page.count > 0 {
      for (place, value) in page.values.enumerated() {
        if let value { body(TaskID(rawValue: number << Self.pageBits + place), value) }
      }
    }
  }

  private static func location(of task: TaskID) -> (page: Int, place: Int) {
    (task.rawValue >> pageBits, task.rawValue & (1 << pageBits - 1))
  }

  private mutating func makePage(_ page: Int) {
    while pages.count <= page { pages.append(Page()) }
    pages[page].values = ContiguousArray(repeating: nil, count: 1 << Self.pageBits)
  }
}
