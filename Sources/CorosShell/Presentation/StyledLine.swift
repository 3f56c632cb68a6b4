import CorosLanguage

/// A piece of text with one appearance.
package struct StyledRun: Equatable, Sendable {
  package var text: String
  package var role: Style.Role
  /// Whether it is shown in reverse, to mark the selection.
  package var isMarked = false
}

/// A line of a screen: styled text without escape codes or control characters.
package struct StyledLine: Equatable, Sendable {
  package private(set) var runs: [StyledRun] = []
  /// The width in columns.
  package private(set) var width = 0

  package init() {}

  /// Makes a line of one piece.
  package init(_ text: String, _ role: Style.Role = .plain) {
    append(text, role)
  }

  /// The text alone.
  package var text: String { runs.map(\.text).joined() }

  /// Appends text, made safe to draw.
  package mutating func append(_ text: String, _ role: Style.Role = .plain) {
    for character in text { append(ScreenCharacter(character), role) }
  }

  /// Appends another line.
  package mutating func append(_ other: StyledLine) {
    for run in other.runs { add(run) }
    width += other.width
  }

  static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    var line = left
    line.append(right)
    return line
  }

  /// The line clipped to a number of columns, with an ellipsis if it was cut.
  package func clipped(to columns: Int, ellipsis: String) -> StyledLine {
    guard width > columns else { return self }
    let room = columns - ellipsis.count
    guard room >= 0 else { return StyledLine() }
    var result = StyledLine()
    for (character, run) in characters {
      if result.width + character.width > room { break }
      result.append(character, run.role, isMarked: run.isMarked)
    }
    result.add(StyledRun(text: ellipsis, role: .faint, isMarked: runs.first?.isMarked ?? false))
    result.width += ellipsis.count
    return result
  }

  /// The line in exactly that many columns.
  func fitted(to columns: Int, ellipsis: String) -> StyledLine {
    var line = clipped(to: columns, ellipsis: ellipsis)
    line.pad(to: columns)
    return line
  }

  /// Appends spaces up to a column.
  mutating func pad(to columns: Int) {
    guard width < columns else { return }
    let isMarked = runs.last?.isMarked ?? false
    add(
      StyledRun(
        text: String(repeating: " ", count: columns - width),
        role: .plain,
        isMarked: isMarked
      )
    )
    width = columns
  }

  /// The same line in reverse.
  package var marked: StyledLine {
    var line = self
    for index in line.runs.indices { line.runs[index].isMarked = true }
    return line
  }

  /// The line wrapped between words; all lines but the first are indented.
  package func wrapped(to columns: Int, indent: Int) -> [StyledLine] {
    guard width > columns, columns > 0 else { return [self] }
    let indent = columns < 8 ? 0 : min(indent, columns / 3)
    var lines: [StyledLine] = []
    var line = StyledLine()
    var word = StyledLine()
    func breakLine() {
      lines.append(line)
      line = StyledLine(String(repeating: " ", count: indent))
    }
    func place() {
      if line.width + word.width > columns, line.width > indent { breakLine() }
      for (character, run) in word.characters {
        if line.width + character.width > columns, line.width > indent { breakLine() }
        // Drops a wide character on a screen of one column, where it can never fit.
        if line.width + character.width <= columns { line.append(character, run.role) }
      }
      word = StyledLine()
    }
    for (character, run) in characters {
      guard character.text == " " else {
        word.append(character, run.role)
        continue
      }
      place()
      if line.width < columns { line.append(character, run.role) }
    }
    place()
    lines.append(line)
    return lines
  }

  // MARK: Private

  private var characters: some Sequence<(ScreenCharacter, StyledRun)> {
    runs.lazy.flatMap { run in run.text.lazy.map { (ScreenCharacter($0), run) } }
  }

  private mutating func append(
    _ character: ScreenCharacter,
    _ role: Style.Role,
    isMarked: Bool = false
  ) {
    guard character.width > 0 else { return }
    add(StyledRun(text: character.text, role: role, isMarked: isMarked))
    width += character.width
  }

  /// Appends a piece; extends the last piece if it has the same appearance.
  private mutating func add(_ run: StyledRun) {
    if let last = runs.last, last.role == run.role, last.isMarked == run.isMarked {
      runs[runs.count - 1].text += run.text
    } else if !run.text.isEmpty {
      runs.append(run)
    }
  }
}

/// A character made safe to draw, in one or two cells on which all terminals agree.
///
/// Terminals differ on the width of characters made of several emoji: the first emoji stands for all of them,
/// and the letters stand for a flag.
private struct ScreenCharacter {
  let text: String
  let width: Int

  init(_ character: Character) {
    let scalars = character.unicodeScalars
    if scalars.count > 1, let first = scalars.first {
      if (0x1F1E6...0x1F1FF).contains(first.value) {
        text = scalars.reduce(into: "") { text, scalar in
          text.unicodeScalars.append(Unicode.Scalar(scalar.value &- 0x1F1E6 &+ 0x41) ?? "?")
        }
        width = scalars.count
        return
      }
      if scalars.contains(where: Self.isJoining) {
        (text, width) = printable(Character(first))
        return
      }
    }
    (text, width) = printable(character)
  }

  /// Whether the scalar joins several into one picture: joiners, selectors, keycaps and skin tones.
  private static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200D, 0xFE0E, 0xFE0F, 0x20E3, 0x1F3FB...0x1F3FF: true
    default: false
    }
  }
}
