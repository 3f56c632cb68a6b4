/// A row of a page: one moment.
///
/// It is written as numbers to the base 32, lowest digit first, in the digits of base 64: a digit of the upper half
/// says that another one follows, as in the mappings of source maps.
struct PageRow {
  private(set) var text = ""

  /// Begins a row.
  ///
  /// - Parameters:
  ///   - ticks: The ticks since the row before.
  ///   - task: The task of the step that led to it; 0 for none.
  ///   - deed: What it did.
  init(ticks: Int, task: Int, deed: Phrase) {
    for number in [ticks, task] + deed.code { append(number) }
  }

  mutating func add(_ item: RowItem, _ numbers: [Int], _ more: [Int] = []) {
    append(item.rawValue)
    for number in numbers { append(number) }
    for number in more { append(number) }
  }

  /// A number that may be negative, as one that is not.
  static func signed(_ number: Int) -> Int { number < 0 ? -2 * number - 1 : 2 * number }

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars
  )

  private mutating func append(_ number: Int) {
    var rest = number
    while rest > 31 {
      text.unicodeScalars.append(Self.digits[rest & 31 | 32])
      rest >>= 5
    }
    text.unicodeScalars.append(Self.digits[rest])
  }
}
