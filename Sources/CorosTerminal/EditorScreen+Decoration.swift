extension EditorScreen {
  /// Draws colours over the line, and a suggestion behind it, where libedit has drawn the plain line.
  ///
  /// libedit knows nothing of it: it rewrites what a key changes, and this rewrites the rest in its colours before
  /// anything is sent. So each key is one write, and nothing flickers. The suggestion goes before the next key.
  ///
  /// - Parameter decoration: What to draw; lines with characters that take no column are left plain.
  func draw(_ decoration: LineDecoration) {
    let line = currentLine()
    // In a search, what is searched for stands below the line.
    let shown = line.scalars.prefix { $0 != "\n" }
    guard shown.allSatisfy({ cells(of: $0) > 0 }) else { return }
    let geometry = geometry(columns: columns)
    let visible = configuration.encoding.representable(shownPrompt.visibleText)
    let start = geometry.position(after: visible.unicodeScalars)
    let end = geometry.position(after: shown, from: start)
    // What has scrolled off the screen cannot be reached.
    guard end.row < rows - 1 else { return }
    let cursor = geometry.cursor(
      after: line.scalars[..<line.cursor],
      before: line.scalars[line.cursor...].first,
      from: start
    )
    if isColored || !decoration.spans.isEmpty {
      paint(Array(shown), decoration.spans, from: start, cursor, geometry)
      isColored = !decoration.spans.isEmpty
    }
    if line.cursor == line.scalars.count, !decoration.suggestion.isEmpty {
      suggest(decoration, at: cursor)
    }
  }

  private func paint(
    _ scalars: [Unicode.Scalar],
    _ spans: [LineDecoration.Span],
    from start: ScreenPosition,
    _ cursor: ScreenPosition,
    _ geometry: ScreenGeometry
  ) {
    var text = ""
    var position = start
    var place = cursor
    var codes = ""
    var offset = 0
    var rest = spans[...]
    for scalar in scalars {
      let cell = geometry.cursor(after: [], before: scalar, from: position)
      if cell != place {
        text += move(from: place, to: cell)
        place = cell
      }
      while let first = rest.first, first.range.upperBound <= offset { rest.removeFirst() }
      let wanted = rest.first.flatMap { $0.range.contains(offset) ? $0.style.codes : nil } ?? ""
      if wanted != codes {
        text += wanted.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(wanted)m"
        codes = wanted
      }
      text.unicodeScalars.append(scalar)
      offset += UTF8.width(scalar)
      position = geometry.position(after: [scalar], from: cell)
      place.column += cells(of: scalar)
    }
    if !codes.isEmpty { text += "\u{1B}[0m" }
    write(text + move(from: place, to: cursor))
  }

  /// The suggestion, as far as the row has room.
  private func suggest(_ decoration: LineDecoration, at cursor: ScreenPosition) {
    var shown = ""
    var column = cursor.column
    for scalar in configuration.encoding.representable(decoration.suggestion).unicodeScalars {
      let width = cells(of: scalar)
      guard width > 0, column + width < columns else { break }
      shown.unicodeScalars.append(scalar)
      column += width
    }
    guard !shown.isEmpty else { return }
    write("\u{1B}[0;\(decoration.suggestionStyle.codes)m\(shown)\u{1B}[0m")
    write("\r" + (cursor.column > 0 ? "\u{1B}[\(cursor.column)C" : ""))
    isSuggesting = true
  }

  /// Takes the suggestion away, before libedit draws what the next key changes.
  func clearSuggestion() {
    guard isSuggesting else { return }
    isSuggesting = false
    write("\u{1B}[K")
  }

  private func move(from: ScreenPosition, to: ScreenPosition) -> String {
    let down = to.row - from.row
    let rows = down > 0 ? "\u{1B}[\(down)B" : down < 0 ? "\u{1B}[\(-down)A" : ""
    return rows + "\r" + (to.column > 0 ? "\u{1B}[\(to.column)C" : "")
  }
}
