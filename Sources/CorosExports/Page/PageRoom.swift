/// How much room a page has, and whether a run will fit, as far as its beginning tells.
///
/// So a run that is far too long is refused before most of the work is done.
struct PageRoom {
  /// What a page has taken up.
  private struct Amount {
    let rows: Int
    let bytes: Int
    let explanations: Int
  }

  /// The most bytes that a page may have for the run.
  private static let mostBytes = 32_000_000
  /// The most explanations that it may take to write a page.
  private static let mostExplanations = 2_000_000
  /// How many rows tell how the others will be.
  private static let sample = 10_000

  private let total: Int
  private var last: Amount?
  /// How many rows the page has room for; nil as long as all may fit.
  private(set) var rows: Int?

  /// Begins with an empty page.
  ///
  /// - Parameter total: How many rows are to come.
  init(for total: Int) { self.total = total }

  /// Looks at a page after a row.
  ///
  /// - Parameters:
  ///   - count: How many rows it has.
  ///   - bytes: How many bytes it takes.
  ///   - explanations: How many explanations have been made for it.
  /// - Returns: Whether all rows may fit.
  @discardableResult
  mutating func hasRoom(rows count: Int, bytes: Int, explanations: Int) -> Bool {
    if bytes > Self.mostBytes || explanations > Self.mostExplanations {
      rows = count
      return false
    }
    guard count > 0, count % Self.sample == 0, count != last?.rows else { return true }
    let now = Amount(rows: count, bytes: bytes, explanations: explanations)
    defer { last = now }
    // What comes first is not like the rest: names and texts are new then.
    guard let last else { return true }
    let fitting = (Self.mostBytes - now.bytes) / max(1, (now.bytes - last.bytes) / Self.sample)
    let explained =
      (Self.mostExplanations - now.explanations) * Self.sample
      / max(1, now.explanations - last.explanations)
    let room = now.rows + min(fitting, explained)
    // It is an estimate, and a page that may just fit is written.
    guard total > room + room / 4 else { return true }
    rows = room
    return false
  }
}
