/// A position on the screen, relative to the start of the prompt.
struct ScreenPosition: Equatable {
  var row = 0
  var column = 0
}

/// Computes where libedit draws a line on a screen of a given width.
///
/// libedit does not tell, and output above a line must know how far up the line begins.
struct ScreenGeometry {
  var columns: Int

  /// The rows of the screen: longer input scrolls, and then begins at the top.
  var rows = Int.max

  /// The columns that a character takes: 0, 1 or 2, and -1 for a character that cannot be printed.
  var width: (Unicode.Scalar) -> Int

  /// The position after the characters, if the first is drawn at `start`.
  func position(
    after scalars: some Sequence<Unicode.Scalar>,
    from start: ScreenPosition = ScreenPosition()
  ) -> ScreenPosition {
    var position = start
    for scalar in scalars { advance(&position, over: scalar) }
    return position
  }

  /// The position of the cursor after the characters and before `next`.
  ///
  /// A wide character that does not fit at the margin moves the cursor to the next row.
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
      // Drawn as a caret and a letter, which may be split at the margin.
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

  /// The text that libedit draws for a character that cannot be printed.
  private static func escape(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return "\\U+" + padded
  }

  private func place(_ cells: Int, _ position: inout ScreenPosition) {
    // On a screen of one column no wide character ever fits; the loop must still end.
    if position.column > 0, position.column + cells > columns { newRow(&position) }
    position.column += cells
    if position.column >= columns { newRow(&position) }
  }

  private func newRow(_ position: inout ScreenPosition) {
    position.column = 0
    position.row = min(position.row + 1, rows - 1)
  }
}
