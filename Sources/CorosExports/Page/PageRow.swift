/// A row of a page: one moment.
struct PageRow {
  private(set) var numbers: [Int]

  /// Begins a row.
  ///
  /// - Parameters:
  ///   - ticks: The ticks since the row before.
  ///   - task: The task of the step that led to it; 0 for none.
  ///   - deed: What it did.
  init(ticks: Int, task: Int, deed: Phrase) {
    numbers = [ticks, task] + deed.code
  }

  mutating func add(_ item: RowItem, _ values: [Int]) {
    numbers.append(item.rawValue)
    numbers += values
  }

  mutating func add(_ item: RowItem, _ values: [Int], _ phrases: [Phrase]) {
    add(item, values)
    for phrase in phrases { numbers += phrase.code }
  }

  /// The row as JSON.
  var text: String { "[" + numbers.map(String.init).joined(separator: ",") + "]" }
}
