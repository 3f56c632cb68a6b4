import CorosLanguage

/// The patterns of all phrases of a page.
///
/// A place in a pattern is U+0001, which no printable text contains, and a letter that says what stands there.
struct PhraseTable {
  /// What may stand in a place.
  enum Place: UInt8 {
    /// A number of the phrase.
    case number = 0x23  // #
    /// The ticks from the present one to a tick of the phrase.
    case countdown = 0x2D  // -
    /// The task that the phrase is about.
    case task = 0x74  // t
    /// The tick of the last step.
    case tick = 0x6A  // j
    /// The task of the step before.
    case previous = 0x6C  // l
    /// What the task did in the last step.
    case deed = 0x73  // s
    /// The tasks that could have been chosen as well.
    case others = 0x42  // B
    /// What the task wrote in the step.
    case output = 0x6F  // o
    /// What the policy sorted the task by before its last step.
    case sortKey = 0x6B  // k
    /// The place of a task of the phrase in the ready queue.
    case position = 0x71  // q

    /// The place as it stands in a pattern.
    var text: String { "\u{1}" + String(UnicodeScalar(rawValue)) }
  }

  /// What the numbers of a text may mean, beside themselves.
  struct Meanings {
    var task: Int?
    var tick: Int?
    var previous: Int?
    /// The tick now, and the ticks to which time is counted down.
    var now = 0
    var deadlines: [Int] = []
    /// Texts for which a place stands.
    var parts: [(text: String, place: Place)] = []
    /// The places of the tasks in the ready queue.
    var positions: [Int: Int] = [:]
  }

  private(set) var patterns = [""]
  /// The patterns of the sentences that stand together.
  private(set) var lists: [[Int]] = []
  private var listNumbers: [[Int]: Int] = [:]
  private var numbers = ["": 0]
  /// The bytes of all patterns.
  private(set) var size = 0

  /// A text as a phrase.
  ///
  /// - Parameters:
  ///   - text: The text; what cannot be shown is replaced.
  ///   - meanings: What its numbers may mean.
  /// - Returns: The phrase.
  mutating func phrase(_ text: String, _ meanings: Meanings = Meanings()) -> Phrase {
    if text.isEmpty { return .none }
    var text = Self.printable(text)
    for (part, place) in meanings.parts {
      let part = Self.printable(part)
      if !part.isEmpty, let range = text.range(ofLast: part) {
        text.replaceSubrange(range, with: place.text)
      }
    }
    let (pattern, values) = Self.parts(of: Array(text.utf8), meanings)
    return Phrase(pattern: number(of: pattern), numbers: values)
  }

  /// A text that a task wrote as a phrase, which depends on nothing else.
  ///
  /// Tasks write the same with other numbers again and again. A text of many numbers is kept as it is: there may be no
  /// other like it.
  mutating func phrase(ofOutput text: String) -> Phrase {
    let text = TextTable.shown(text)
    if text.isEmpty { return .none }
    let (pattern, values) = Self.parts(of: Array(text.utf8), Meanings())
    if values.count > Self.mostNumbers { return Phrase(pattern: number(of: text), numbers: []) }
    return Phrase(pattern: number(of: pattern), numbers: values)
  }

  /// The most numbers of a text that a task wrote, as a phrase.
  private static let mostNumbers = 8

  /// Some phrases as numbers: which patterns they are, and all their numbers.
  mutating func code(of phrases: [Phrase]) -> [Int] {
    let list = phrases.map(\.pattern)
    let number = listNumbers[list] ?? lists.count
    if number == lists.count {
      lists.append(list)
      listNumbers[list] = number
      size += 4 * list.count
    }
    return [number] + phrases.flatMap(\.numbers)
  }

  private mutating func number(of pattern: String) -> Int {
    if let number = numbers[pattern] { return number }
    numbers[pattern] = patterns.count
    patterns.append(pattern)
    size += pattern.utf8.count
    return patterns.count - 1
  }

  /// Takes the numbers out of a text.
  private static func parts(
    of text: [UInt8],
    _ meanings: Meanings
  ) -> (pattern: String, numbers: [Int]) {
    var pattern: [UInt8] = []
    var numbers: [Int] = []
    var index = 0
    var lastTask: Int?
    pattern.reserveCapacity(text.count + 16)
    while index < text.count {
      let start = index
      var value = 0
      while index < text.count, (0x30...0x39).contains(text[index]) {
        if index - start < mostDigits { value = 10 * value + Int(text[index] - 0x30) }
        index += 1
      }
      let digits = index - start
      // Only what is written again as it was: no zeros before it, and no more than a page can count to.
      guard digits > 0, digits <= mostDigits, digits == 1 || text[start] != 0x30 else {
        if digits > 0 {
          pattern += text[start..<index]
        } else {
          pattern.append(text[index])
          index += 1
        }
        continue
      }
      var place = place(of: value, before: text[index...], meanings)
      if !meanings.positions.isEmpty, let task = lastTask, value == meanings.positions[task],
        text[index...].starts(with: " in the queue".utf8)
      {
        place = .position
        numbers.append(task)
      }
      lastTask = value
      pattern.append(1)
      pattern.append(place.rawValue)
      if place == .number { numbers.append(value) }
      if place == .countdown { numbers.append(value + meanings.now) }
    }
    return (String(decoding: pattern, as: UTF8.self), numbers)
  }

  /// The most digits of a number that a page can count to.
  private static let mostDigits = 15

  private static func place(
    of value: Int,
    before rest: ArraySlice<UInt8>,
    _ meanings: Meanings
  ) -> Place {
    // First: what is counted down changes, even where it happens to be the number of a task.
    if !meanings.deadlines.isEmpty, meanings.deadlines.contains(value + meanings.now),
      rest.starts(with: " tick".utf8) || rest.starts(with: " more tick".utf8)
    {
      return .countdown
    }
    if value == meanings.task { return .task }
    if value == meanings.tick { return .tick }
    return value == meanings.previous ? .previous : .number
  }

  /// The text without what cannot be shown; lines stay lines.
  static func printable(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    return text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
      line.reduce(into: "") { $0 += CorosLanguage.printable($1).text }
    }.joined(separator: "\n")
  }
}

extension String {
  /// The last place of a text.
  fileprivate func range(ofLast part: String) -> Range<String.Index>? {
    guard utf8.count >= part.utf8.count else { return nil }
    if hasSuffix(part) { return index(endIndex, offsetBy: -part.count)..<endIndex }
    return ranges(of: part).last
  }
}
