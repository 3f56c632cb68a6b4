/// Who ran, moment by moment, in little memory; nobody, where the clock moved and no task ran, is 0.
///
/// What is kept is how often the next choice was the one that came after the same task the last time, and
/// what it was instead where it was not. Tasks that take turns take no memory at all, however long; a
/// lottery takes about a byte and a half a moment. Appending is O(1); looking up reads from the start.
package struct ChoiceLog {
  /// How many choices there are.
  package private(set) var count = 0
  /// Pairs of numbers: how many choices were as expected, then the one that was not.
  private var bytes: ContiguousArray<UInt8> = []
  /// How many choices have been as expected since.
  private var hits = 0
  private var expectation = Expectation()

  /// Begins with no choices.
  package init() {}

  /// Notes who ran.
  @inline(__always)
  package mutating func append(_ task: TaskID) {
    count += 1
    if expectation.meets(task.rawValue) {
      hits += 1
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

  /// The first choices only, in O(n).
  package func prefix(_ count: Int) -> ChoiceLog {
    if count >= self.count { return self }
    var result = ChoiceLog()
    var cursor = Cursor(self)
    for _ in 0..<count { result.append(cursor.next()) }
    return result
  }

  /// The last of the first `end` choices that was this task, in O(end).
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

    /// The next choice; beyond the last there is none to ask for.
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

    /// Passes over so many choices, in O(n).
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

  /// Who came after whom the last time.
  private struct Expectation {
    private var successors: ContiguousArray<Int32> = [-1]
    private var last = 0

    /// Whether this task was to be expected; if so it is the last now.
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
