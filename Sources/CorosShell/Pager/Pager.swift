import CorosSession

/// Shows a text that is longer than the screen, a screen at a time.
final class Pager: FullScreenProgram {
  private let all: [StyledLine]
  /// The lines in the width of the screen.
  private var lines: [StyledLine] = []
  private var width = 0
  private var height = 0
  /// The number of the first line on the screen.
  private var top = 0
  package private(set) var isFinished = false
  /// What is being searched for while it is typed; nil otherwise.
  private var search: String?
  private var found = ""
  private var message = ""

  /// Makes a pager for a text that a style has painted.
  init(_ text: String, _ style: Style) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { StyledLine(painted: $0, style) }
    if lines.last?.width == 0 { lines.removeLast() }
    all = lines
  }

  package func lines(width: Int, height: Int) -> [StyledLine] {
    if width != self.width { wrap(to: width) }
    self.height = max(1, height - 1)
    top = min(top, last)
    let page = Array(lines[top..<min(lines.count, top + self.height)])
    let filler = Array(repeating: StyledLine(), count: self.height - page.count)
    return page + filler + [footer.clipped(to: width, ellipsis: "")]
  }

  private func wrap(to width: Int) {
    let isAtEnd = self.width > 0 && top == last
    self.width = width
    lines = all.flatMap { line in
      line.wrapped(to: max(1, width), indent: line.text.prefix(while: { $0 == " " }).count + 2)
    }
    if isAtEnd { top = last }
  }

  /// The first line of the last screen.
  private var last: Int { max(0, lines.count - height) }

  private var footer: StyledLine {
    if let search { return StyledLine("/" + search) }
    if !message.isEmpty { return StyledLine(message, .bad).marked }
    let end = min(lines.count, top + height)
    let place = end == lines.count ? "the end" : "\(end) of \(lines.count) lines"
    return StyledLine(" \(place)   space on, b back, / search, n next, q leave ").marked
  }

  package func press(_ key: ScreenKey) {
    message = ""
    if search != nil { return type(key) }
    switch key {
    case .character(" "), .pageDown, .character("f"):
      if top == last { isFinished = true } else { move(by: height) }
    case .character("b"), .pageUp: move(by: -height)
    case .enter, .down, .character("j"): move(by: 1)
    case .up, .character("k"): move(by: -1)
    case .wheel(let lines, _): move(by: lines)
    case .click: break
    case .character("g"), .home: top = 0
    case .character("G"), .end: top = last
    case .character("/"): search = ""
    case .character("n"): find(found, from: top + 1)
    case .character("q"), .character("Q"), .escape, .interrupt: isFinished = true
    default: message = " space: a screen on, b: back, / to search, q to leave "
    }
  }

  private func move(by count: Int) { top = min(max(0, top + count), last) }

  /// Types what to search for.
  private func type(_ key: ScreenKey) {
    switch key {
    case .character(let character): search?.append(character)
    case .backspace: if search?.popLast() == nil { search = nil }
    case .escape, .interrupt: search = nil
    case .enter:
      if let search, !search.isEmpty { found = search }
      search = nil
      find(found, from: top)
    default: break
    }
  }

  /// Goes to the next line that contains a text, in capitals or not; from the end on at the beginning.
  private func find(_ text: String, from start: Int) {
    guard !text.isEmpty else { return }
    let wanted = text.lowercased()
    let order = [start..<max(start, lines.count), 0..<min(start, lines.count)]
    guard
      let line = order.joined().first(where: { lines[$0].text.lowercased().contains(wanted) })
    else {
      message = " '\(text)' is not there "
      return
    }
    top = min(line, last)
  }

  func runSlice(nanoseconds: UInt64) -> LiveNext { .never }

  package func continueAfterStop() {}
}
