/// Lays the words out in columns, read downwards, in as few rows as the width allows.
///
/// Each row ends in a newline, without trailing spaces.
func columns(
  _ words: [String],
  width: Int,
  cells: (Unicode.Scalar) -> Int
) -> String {
  guard !words.isEmpty else { return "" }
  let widths = words.map { word in
    word.unicodeScalars.reduce(0) { $0 + max(0, cells($1)) }
  }
  let gap = 2
  let (rows, columnWidths) = layout(widths, width: width, gap: gap)
  var text = ""
  for row in 0..<rows {
    for index in stride(from: row, to: words.count, by: rows) {
      text += words[index]
      guard index + rows < words.count else { break }
      text += String(repeating: " ", count: columnWidths[index / rows] - widths[index] + gap)
    }
    text += "\n"
  }
  return text
}

private func layout(_ widths: [Int], width: Int, gap: Int) -> (rows: Int, columnWidths: [Int]) {
  // The upper limit: as many columns as would fit if each were as narrow as the narrowest word.
  let narrowest = (widths.min() ?? 0) + gap
  let most = min(widths.count, max(1, (width + gap) / max(1, narrowest)))
  for count in stride(from: most, to: 1, by: -1) {
    let rows = (widths.count + count - 1) / count
    let columnWidths = stride(from: 0, to: widths.count, by: rows).map { start in
      widths[start..<min(start + rows, widths.count)].max() ?? 0
    }
    // Some terminals wrap a row that fills the width.
    let total = columnWidths.reduce(0, +) + gap * (columnWidths.count - 1)
    if total < width { return (rows, columnWidths) }
  }
  return (widths.count, [widths.max() ?? 0])
}
