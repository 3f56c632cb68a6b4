/// Which task ran in each move, in little memory; 0 stands for a move of the clock in which none ran.
///
/// The next choice is predicted to be the task that followed the last one before. Stored is how often that was
/// right, and the choice where it was wrong. Tasks that take turns need no memory at all; a lottery needs about
/// a byte and a half a move. Appending is O(1); looking up reads from the start.
package struct ChoiceLog {
  /// The number of choices.
  package private(set) var count = 0
  /// Pairs of numbers: how many choices were as predicted, then one that was not.
  private var bytes: ContiguousArray<UInt8> = []
  /// How many choices have been as predicted since.
  private var hits = 0
  private var expectation = Expectation()

  /// Begins with no choices.
  package init() {}

  /// Records which task ran.
  @inline(__always)
  package mutating func append(_ task: TaskID) {
    count &+= 1
    if _fastPath(expectation.meets(task.rawValue)) {
      hits &+= 1
    } else {
      appendMiss(task.rawValue)
    }
  }

  private mutating func appendMiss(_ task: Int) {
    write(hits)
    write(task)
    hits = 0
    expectation.learn(task)
  }

  /// The first choices, in O(n).
  package func prefix(_ count: Int) -> ChoiceLog {
    if count >= self.count { return self }
    var result = ChoiceLog()
    var cursor = Cursor(self)
    for _ in 0..<count { result.append(cursor.next()) }
    return result
  }

  /// The index of this task's last run among the first `end` choices, in O(end).
  package func lastIndex(of task: TaskID, before end: Int) -> Int? {
    var cursor = Cursor(self)
    var found: Int?
    for index in 0..<min(end, count) where cursor.next() == task { found = index }
    return found
  }

  private mutating func write(_ number: Int) {
    var rest = UInt(number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The present end of a log, from which what is appended later can be read.
  package struct Mark {
    fileprivate let place: Int
    fileprivate let hits: Int
    fileprivate let expectation: Expectation
    /// How many choices there were.
    package let count: Int
  }

  /// The present end.
  package var mark: Mark {
    Mark(place: bytes.count, hits: hits, expectation: expectation, count: count)
  }

  /// Reads the choices from the start, one by one.
  package struct Cursor {
    private let bytes: ContiguousArray<UInt8>
    private var place = 0
    private var hits = 0
    private var expectation = Expectation()

    package init(_ log: ChoiceLog) {
      bytes = log.bytes
      hits = bytes.isEmpty ? .max : read()
    }

    /// Begins at the end of a log that has only been appended to since.
    package init(_ log: ChoiceLog, from mark: Mark) {
      bytes = log.bytes
      place = mark.place
      expectation = mark.expectation
      hits = place < bytes.count ? read() - mark.hits : .max
    }

    /// The next choice; there must be one.
    @inline(__always)
    package mutating func next() -> TaskID {
      if hits > 0 {
        hits -= 1
        return TaskID(rawValue: expectation.takeNext())
      }
      let task = read()
      expectation.learn(task)
      hits = place < bytes.count ? read() : .max
      return TaskID(rawValue: task)
    }

    /// Skips a number of choices, in O(n).
    package mutating func skip(_ count: Int) {
      for _ in 0..<count { _ = next() }
    }

    private mutating func read() -> Int {
      var number: UInt = 0
      var shift: UInt = 0
      while true {
        let byte = bytes[place]
        place += 1
        number |= UInt(byte & 0x7F) << shift
        if byte < 0x80 { return Int(number) }
        shift += 7
      }
    }
  }

  /// Which task followed each task the last time.
  fileprivate struct Expectation {
    private var successors: ContiguousArray<Int32> = [-1]
    private var last = 0

    /// Whether this task was predicted; if so it becomes the last one.
    @inline(__always)
    mutating func meets(_ task: Int) -> Bool {
      guard Int(successors[last]) == task else { return false }
      last = task
      return true
    }

    @inline(__always)
    mutating func takeNext() -> Int {
      last = Int(successors[last])
      return last
    }

    mutating func learn(_ task: Int) {
      successors[last] = Int32(truncatingIfNeeded: task)
      while successors.count <= task { successors.append(-1) }
      last = task
    }
  }
}
