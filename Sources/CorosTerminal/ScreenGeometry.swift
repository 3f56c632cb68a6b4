/// A place on the screen, counted from where the prompt begins.
struct ScreenPosition: Equatable {
  var row = 0
  var column = 0
}

/// Tells where libedit draws a line on a screen of some width: it does not say itself, and output
/// above a line can be put there only by who knows how far up the line begins.
struct ScreenGeometry {
  var columns: Int

  /// The rows of the screen: a longer input scrolls, and begins at its top.
  var rows = Int.max

  /// The cells that a character takes: 0, 1 or 2, and -1 for one that cannot be printed.
  var width: (Unicode.Scalar) -> Int

  /// The place after the characters, when the first is drawn at `start`.
  func position(
    after scalars: some Sequence<Unicode.Scalar>,
    from start: ScreenPosition = ScreenPosition()
  ) -> ScreenPosition {
    var position = start
    for scalar in scalars { advance(&position, over: scalar) }
    return position
  }

  /// The place of the cursor after the characters and before `next`: a wide character that does not
  /// fit at the margin takes the cursor with it to the next row.
  func cursor(
    after scalars: some Sequence<Unicode.Scalar>,
    before next: Unicode.Scalar?,
    from start: ScreenPosition = ScreenPosition()
  ) -> ScreenPosition {
    var position = position(after: scalars, from: start)
    if let next, width(next) > 1, position.column + width(next) > columns { newRow(&position) }
    return position
  }

  private func advance(_ position: inout ScreenPosition, over scalar: Unicode.Scalar) {
    switch scalar {
    case "\t":
      repeat { place(1, &position) } while position.column % 8 != 0
    case "\n":
      newRow(&position)
    case "\u{00}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
      // Drawn as a caret and a letter, which a margin may part.
      place(1, &position)
      place(1, &position)
    default:
      let cells = width(scalar)
      if cells >= 0 {
        place(cells, &position)
      } else {
        for _ in Self.escape(of: scalar) { place(1, &position) }
      }
    }
  }

  /// What libedit draws for a character that cannot be printed.
  private static func escape(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return "\\U+" + padded
  }

  private func place(_ cells: Int, _ position: inout ScreenPosition) {
    // On a screen of one column nothing wide ever fits; it must not be sought for ever.
    if position.column > 0, position.column + cells > columns { newRow(&position) }
    position.column += cells
    if position.column >= columns { newRow(&position) }
  }

  private func newRow(_ position: inout ScreenPosition) {
    position.column = 0
    position.row = min(position.row + 1, rows - 1)
  }
}
