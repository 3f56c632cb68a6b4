internal import CEditLine

extension LineEditor {
  /// The place where Tab found several candidates, and the number of keys pressed by then.
  struct Ambiguity: Equatable {
    var line: String
    var cursor: Int
    var keyCount: Int
  }

  /// Performs the action of Tab, and returns what libedit should do next.
  func completeAtCursor() -> Int32 {
    if keys.isPasted { return insert("\t") }
    let (scalars, cursorIndex) = screen.currentLine()
    let line = Self.string(scalars)
    let cursor = Self.string(scalars[..<cursorIndex]).utf8.count
    let completion = complete(line, cursor)
    guard let range = Self.scalarRange(completion.range, in: scalars, holding: cursorIndex) else {
      return CC_REFRESH_BEEP
    }
    let typed = Self.string(scalars[range])
    let before = ambiguity
    ambiguity = nil
    switch completion.action(typed: typed) {
    case .refuse:
      return CC_REFRESH_BEEP
    case .replace(let text):
      return replace(range, cursor: cursorIndex, with: text)
    case .list:
      let here = Ambiguity(line: line, cursor: cursor, keyCount: keys.keyCount)
      ambiguity = here
      let previous = Ambiguity(line: line, cursor: cursor, keyCount: keys.keyCount - 1)
      guard before == previous else { return CC_REFRESH_BEEP }
      printAbove(listing(completion.candidates))
      return CC_NORM
    }
  }

  /// The candidates in columns, at most as many as fit on the screen with the line.
  private func listing(_ candidates: [Completion.Candidate]) -> String {
    let words = candidates.map { OutputSanitizer.neutralized($0.display) }
    let width = screen.columns
    if let list = described(candidates, words, width: width) { return list }
    let all = columns(words, width: width, cells: cells(of:))
    let room = max(1, screen.rows - 2)
    guard all.utf8.count(where: { $0 == 0x0A }) > room else { return all }
    let perRow = max(1, words.count / max(1, all.utf8.count { $0 == 0x0A }))
    let shown = words.prefix(perRow * max(1, room - 1))
    let rest = words.count - shown.count
    return columns(Array(shown), width: width, cells: cells(of:)) + "... and \(rest) more\n"
  }

  /// The candidates below one another with what they are; nil where that would say nothing, or not fit.
  private func described(
    _ candidates: [Completion.Candidate],
    _ words: [String],
    width: Int
  ) -> String? {
    guard candidates.contains(where: { !$0.meaning.isEmpty }), words.count <= screen.rows - 2 else {
      return nil
    }
    func cellCount(_ text: String) -> Int {
      text.unicodeScalars.reduce(0) { $0 + max(0, cells(of: $1)) }
    }
    let widest = words.map(cellCount).max() ?? 0
    let room = width - widest - 3
    guard room >= 20 else { return nil }
    return zip(words, candidates).map { word, candidate in
      var meaning = String.UnicodeScalarView()
      var used = 0
      for scalar in OutputSanitizer.neutralized(candidate.meaning).unicodeScalars {
        used += max(0, cells(of: scalar))
        if used > room { break }
        meaning.append(scalar)
      }
      let gap = String(repeating: " ", count: widest - cellCount(word) + 2)
      return meaning.isEmpty ? word + "\n" : word + gap + String(meaning) + "\n"
    }.joined()
  }

  private func replace(_ range: Range<Int>, cursor: Int, with text: String) -> Int32 {
    el_cursor(screen.handle, Int32(range.upperBound - cursor))
    // libedit treats a count of 0 as 1.
    if !range.isEmpty { el_deletestr(screen.handle, Int32(range.count)) }
    return insert(text)
  }

  func insert(_ text: String) -> Int32 {
    // A candidate must not end the line or run an editing command.
    let shown = configuration.encoding.representable(text).unicodeScalars.filter {
      $0 == "\t" || $0.properties.generalCategory != .control
    }
    let characters = shown.map { Int32(bitPattern: $0.value) } + [0]
    return coros_el_insert(screen.handle, characters) == 0 ? CC_REFRESH : CC_REFRESH_BEEP
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Converts a range of UTF-8 offsets to a range of characters; nil if it is out of bounds.
  private static func scalarRange(
    _ range: Range<Int>,
    in scalars: [Unicode.Scalar],
    holding cursor: Int
  ) -> Range<Int>? {
    var offset = 0
    var lower: Int?
    var upper: Int?
    for index in 0...scalars.count {
      if offset == range.lowerBound { lower = lower ?? index }
      if offset == range.upperBound { upper = upper ?? index }
      if index < scalars.count { offset += UTF8.width(scalars[index]) }
    }
    guard let lower, let upper, lower <= cursor, cursor <= upper else { return nil }
    return lower..<upper
  }
}
