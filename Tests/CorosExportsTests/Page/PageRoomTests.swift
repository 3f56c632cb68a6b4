import Testing

@testable import CorosExports

@Suite struct PageRoomTests {
  /// The row after which a run of so many rows is refused; nil if it fits.
  private func refusal(
    rows: Int,
    bytes: (Int) -> Int,
    explanations: (Int) -> Int = { $0 }
  ) -> (row: Int, room: Int)? {
    var room = PageRoom(for: rows)
    for row in 1...rows {
      if !room.hasRoom(rows: row, bytes: bytes(row), explanations: explanations(row)) {
        return (row, room.rows ?? 0)
      }
    }
    return nil
  }

  @Test func `a run that fits is never refused`() {
    #expect(refusal(rows: 200_000, bytes: { 100 * $0 }) == nil)
    #expect(refusal(rows: 20_000, bytes: { 1_000 * $0 }) == nil)
  }

  @Test func `a run that is far too long is refused after a sample, and says what fits`() throws {
    let refused = try #require(refusal(rows: 200_000, bytes: { 1_000 * $0 }))
    #expect(refused.row == 20_000)
    #expect(refused.room == 32_000)
  }

  @Test func `names and texts at the beginning do not count against the rest`() {
    #expect(refusal(rows: 200_000, bytes: { 5_000_000 + 100 * $0 }) == nil)
  }

  @Test func `so is one that takes too many explanations`() throws {
    let refused = try #require(
      refusal(rows: 900_000, bytes: { $0 }, explanations: { 40 * $0 })
    )
    #expect(refused.row == 20_000 && refused.room == 50_000)
  }

  @Test func `a page that is full ends where it is full`() throws {
    let bytes = { (row: Int) in row < 50_000 ? row : 40_000_000 }
    let refused = try #require(refusal(rows: 60_000, bytes: bytes))
    #expect(refused.row == 50_000 && refused.room == 50_000)
  }
}
