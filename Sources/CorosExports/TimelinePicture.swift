package import CorosFiles
package import CorosInsight
package import CorosKernel
import CorosLanguage

/// A Gantt chart as a self-contained SVG picture, without external fonts, scripts or files.
///
/// States differ in shape as well as in colour, and the colours follow the reader's light or dark mode.
/// Drawing is a function from rows to text; the number of rows and columns bounds its size.
package struct TimelinePicture {
  package let title: String
  package let subtitle: String
  package let rows: [TimelineRow]
  package let range: Range<Tick>
  /// A tick at which something happens that is to be seen at once; nil for none.
  package let mark: Tick?
  /// Whether figures stand beside the rows, such as how long each task waited.
  package let hasFigures: Bool
  /// The texts of programs, to show below the rows which task ran each line when.
  package let listings: [TimelineListing]

  package init(
    title: String,
    subtitle: String,
    rows: [TimelineRow],
    range: Range<Tick>,
    mark: Tick? = nil,
    hasFigures: Bool = true,
    listings: [TimelineListing] = []
  ) {
    self.listings = listings
    self.hasFigures = hasFigures
    self.mark = mark
    self.title = title
    self.subtitle = subtitle
    self.rows = rows
    self.range = range
  }

  /// The text that every such picture begins with.
  private static let beginning = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- Drawn by coros
    """

  /// The kind of the picture files.
  package static let kind = FileKind(noun: "a picture that coros drew", beginning: beginning)

  /// The sizes of the parts, in pixels.
  enum Size {
    static let margin = 24
    static let names = 168
    /// Of names where the lines of a text stand below them.
    static let texts = 300
    static let chart = 640
    static let figures = 78
    static let head = 104
    static let row = 26
    static let bar = 16
    static let legend = 52
  }

  private typealias Figure = (title: String, value: @Sendable (TimelineFigures) -> Tick?)

  /// What is written beside a row.
  ///
  /// Turnaround is the sum of the ticks that come after it.
  private static let figures: [Figure] = [
    ("response", { $0.response }), ("turnaround", { $0.turnaround }), ("wait", { $0.wait }),
    ("run", { $0.run }), ("blocked", { $0.blocked }), ("stopped", { $0.stopped }),
    ("switching", { $0.switching }),
  ]

  /// The figures beside the rows.
  private var figures: ArraySlice<Figure> { hasFigures ? Self.figures[...] : [] }

  private var width: Int {
    left + Size.margin + Size.chart + figures.count * Size.figures
  }

  /// The whole file.
  package var text: String {
    let scale = TimelineScale(range, room: Size.chart)
    let averages = averages
    let texts = Size.head + (rows.count + (averages.isEmpty ? 0 : 1)) * Size.row
    let bottom = texts + listingRows * Size.row
    let height = bottom + Size.legend
    var text = """
      \(Self.beginning), which may write this file anew -->
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
      width="\(width)" height="\(height)" role="img">
      <title>\(Self.escaped(title))</title>
      <desc>\(Self.escaped(subtitle))</desc>
      \(Self.stylesheet)\(listings.isEmpty ? "" : "\n" + Self.stylesOfTexts)
      <rect class="page" width="100%" height="100%"/>
      <text class="title" x="\(Size.margin)" y="38">\(Self.escaped(title))</text>
      <text class="faint" x="\(Size.margin)" y="60">\(Self.escaped(subtitle))</text>

      """
    text += axis(scale, to: listings.isEmpty ? Size.head + rows.count * Size.row : bottom)
    for (index, row) in rows.enumerated() { text += picture(of: row, index, scale) }
    if let mark { text += line(at: mark, scale) }
    text += averages
    text += picture(ofTextsFrom: texts, scale)
    text += legend(at: height - Size.legend)
    return text + "</svg>\n"
  }

  private static let stylesheet = """
    <style>
    text { font: 14px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1f2328 }
    .title { font-size: 20px; font-weight: 600 }
    .faint, .tick { fill: #59636e }
    .tick { font-size: 12px }
    .mark { text-anchor: middle }
    .figure { text-anchor: end }
    .page { fill: #ffffff }
    .grid { stroke: #d1d9e0; fill: none }
    .running { fill: #1a7f37 }
    .ready { fill: #dafbe1; stroke: #1a7f37; stroke-width: 1 }
    .switching { fill: none; stroke: #1a7f37; stroke-width: 1.5; stroke-dasharray: 1 2 }
    .waiting { fill: #bf8700 }
    .locked { fill: #bc4c00 }
    .sleeping { fill: #8250df }
    .stopped { fill: none; stroke: #cf222e; stroke-width: 2 }
    .new { fill: none; stroke: #59636e; stroke-width: 1.5; stroke-dasharray: 2 4 }
    .exited { fill: none; stroke: #59636e; stroke-width: 2 }
    .killed, .failed, .deadlock { fill: none; stroke: #cf222e; stroke-width: 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .faint, .tick { fill: #9198a1 }
      .page { fill: #0d1117 }
      .grid { stroke: #3d444d }
      .running { fill: #3fb950 }
      .ready { fill: #12301b; stroke: #3fb950 }
      .switching { stroke: #3fb950 }
      .waiting { fill: #d29922 }
      .locked { fill: #f0883e }
      .sleeping { fill: #ab7df8 }
      .stopped { stroke: #f85149 }
      .new { stroke: #9198a1 }
      .exited { stroke: #9198a1 }
      .killed, .failed, .deadlock { stroke: #f85149 }
    }
    </style>
    """

  // MARK: The axis and the headings

  var left: Int { Size.margin + (listings.isEmpty ? Size.names : Size.texts) }

  private func axis(_ scale: TimelineScale, to bottom: Int) -> String {
    let pixels = Double(Size.chart) / Double(max(1, scale.columns))
    // Twelve pixels a digit, and some space.
    let digits = String(range.upperBound).count
    let gap = Int((Double(digits * 9 + 16) / pixels).rounded(.up))
    var text = ""
    for (column, tick) in scale.marks(gap: gap) {
      let x = Self.number(Double(left) + Double(column) * pixels)
      text += "<path class=\"grid\" d=\"M\(x) \(Size.head - 8)V\(bottom)\"/>"
      text += "<text class=\"tick mark\" x=\"\(x)\" y=\"\(Size.head - 14)\">\(tick)</text>\n"
    }
    for (index, heading) in figures.map(\.title).enumerated() {
      text += figure(heading, index, y: Size.head - 14, kind: "tick ")
    }
    return text
  }

  private func figure(_ words: String, _ index: Int, y: Int, kind: String = "") -> String {
    let x = left + Size.chart + (index + 1) * Size.figures
    return "<text class=\"\(kind)figure\" x=\"\(x)\" y=\"\(y)\">\(words)</text>\n"
  }

  /// A line through all rows.
  private func line(at tick: Tick, _ scale: TimelineScale) -> String {
    guard range.contains(tick) else { return "" }
    let pixels = Double(Size.chart) / Double(max(1, scale.columns))
    let x = Self.number(Double(left) + Double(scale.column(of: tick)) * pixels)
    let bottom = Size.head + rows.count * Size.row
    return "<path fill=\"none\" stroke=\"#0969da\" stroke-width=\"2\" stroke-dasharray=\"5 3\" "
      + "d=\"M\(x) \(Size.head - 8)V\(bottom)\"/>\n"
  }

  // MARK: A row

  private func picture(of row: TimelineRow, _ index: Int, _ scale: TimelineScale) -> String {
    let top = Size.head + index * Size.row + (Size.row - Size.bar) / 2
    let y = top + Size.bar - 3
    let name = ClippedText.clipped("\(row.tid)  \(row.name)", to: 18)
    var text = "<text x=\"\(Size.margin)\" y=\"\(y)\">\(Self.escaped(name))</text>\n"
    var paths: [TimelineState: String] = [:]
    let pixels = Double(Size.chart) / Double(max(1, scale.columns))
    var cells = TimelineCell.cells(of: row, scale)[...]
    while let first = cells.first {
      let run = cells.prefix { $0.state == first.state && $0.share == first.share }
      let from = Double(left) + Double(run.startIndex) * pixels
      let to = Double(left) + Double(run.endIndex) * pixels
      if let state = first.state, first.share < 1 {
        paths[state, default: ""] += Self.shape(of: state, from, to, top)
      }
      if first.share > 0 {
        let height = max(2, Double(Size.bar) * first.share)
        paths[.running, default: ""] += Self.box(
          from,
          Double(top + Size.bar) - height,
          to - from,
          height
        )
      }
      cells = cells.dropFirst(run.count)
    }
    for state in TimelineState.allCases.reversed() {
      if let path = paths[state] { text += "<path class=\"\(state.rawValue)\" d=\"\(path)\"/>\n" }
    }
    if let mark = row.mark(in: range) {
      let tick = row.figures.end ?? row.spans.last?.to ?? range.upperBound
      let column = tick >= range.upperBound ? scale.columns : scale.column(of: tick)
      let shape = Self.shape(of: mark, Double(left) + Double(column) * pixels, top)
      text += "<path class=\"\(mark.rawValue)\" d=\"\(shape)\"/>\n"
    }
    for (index, figure) in figures.enumerated() {
      text += self.figure(figure.value(row.figures).map { String($0) } ?? "–", index, y: y)
    }
    return text
  }

  /// The shape of a span; each state has a different one.
  private static func shape(
    of state: TimelineState,
    _ from: Double,
    _ to: Double,
    _ top: Int
  ) -> String {
    let (middle, bar) = (Double(top) + Double(Size.bar) / 2, Double(Size.bar))
    switch state {
    case .running: return box(from, Double(top), to - from, bar)
    // A pixel smaller than its space, for the stroke around it.
    case .ready: return box(from + 0.5, Double(top) + 0.5, max(0.5, to - from - 1), bar - 1)
    case .waiting: return box(from, middle - 4, to - from, 8)
    case .locked:
      return box(from, middle - 5, to - from, 4) + box(from, middle + 1, to - from, 4)
    case .sleeping: return box(from, middle - 1.5, to - from, 3)
    case .stopped: return box(from + 1, middle - 4, max(0.5, to - from - 2), 8)
    case .switching, .new: return "M\(number(from)) \(number(middle))H\(number(to))"
    }
  }

  /// The mark of an end, just behind a row.
  private static func shape(of mark: TimelineMark, _ x: Double, _ top: Int) -> String {
    let (from, middle) = (number(x + 3), Double(top) + Double(Size.bar) / 2)
    let (above, below) = (number(middle - 4), number(middle + 4))
    switch mark {
    case .exited: return "M\(number(x + 1)) \(number(Double(top)))v\(Size.bar)"
    case .killed: return "M\(from) \(above)l8 8M\(from) \(below)l8 -8"
    case .failed:
      return "M\(number(x + 5)) \(number(middle - 6))v7M\(number(x + 5)) \(number(middle + 4))v2"
    case .deadlock:
      // Two rings, as a sign for what has no end.
      return "M\(from) \(number(middle))a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"
        + "m6 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"
    }
  }

  static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    "M\(number(x)) \(number(y))h\(number(width))v\(number(height))h\(number(-width))z"
  }

  // MARK: The averages

  /// The averages over the rows of tasks that have ended; empty without one.
  private var averages: String {
    let ended = rows.map(\.figures).filter { $0.turnaround != nil }
    if ended.isEmpty || !hasFigures { return "" }
    let y = Size.head + rows.count * Size.row + (Size.row + Size.bar) / 2 - 3
    let count = "average of \(ended.count)"
    var text = "<text class=\"faint\" x=\"\(Size.margin)\" y=\"\(y)\">\(count)</text>\n"
    for (index, figure) in Self.figures.prefix(Self.averaged).enumerated() {
      let values = ended.compactMap(figure.value)
      if values.isEmpty { continue }
      let mean = Double(values.reduce(0, +)) / Double(values.count)
      text += self.figure(Rounded(mean, places: 2).text, index, y: y, kind: "faint ")
    }
    return text
  }

  /// Response, turnaround and wait: what textbooks average.
  private static let averaged = 3

  // MARK: The legend

  private func legend(at top: Int) -> String {
    var text = ""
    var x = left
    for state in TimelineState.allCases where isShown(state) {
      let path = Self.shape(of: state, Double(x), Double(x + 28), top + 18)
      text += "<path class=\"\(state.rawValue)\" d=\"\(path)\"/>"
      text += "<text class=\"faint\" x=\"\(x + 36)\" y=\"\(top + 31)\">\(state.legend)</text>\n"
      x += 36 + 8 * state.legend.count + 24
    }
    for mark in TimelineMark.allCases where rows.contains(where: { $0.mark(in: range) == mark }) {
      let path = Self.shape(of: mark, Double(x), top + 18)
      text += "<path class=\"\(mark.rawValue)\" d=\"\(path)\"/>"
      text += "<text class=\"faint\" x=\"\(x + 20)\" y=\"\(top + 31)\">\(mark.legend)</text>\n"
      x += 20 + 8 * mark.legend.count + 24
    }
    return text
  }

  private func isShown(_ state: TimelineState) -> Bool {
    rows.contains { $0.spans.contains { $0.state == state } }
  }

  // MARK: Text

  /// A coordinate to a hundredth, without trailing zeros.
  static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole)."
      + (rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0" : "") + "\(rest)")
  }

  /// The text escaped for XML; characters that XML does not allow become a substitute.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      for scalar in printable(character).text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}

extension TimelineCell {
  /// The share of the column in which the task ran.
  fileprivate var share: Double { ticks > 0 ? Double(ran) / Double(ticks) : 0 }
}
