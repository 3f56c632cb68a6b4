import CorosInsight
import CorosKernel
import CorosLanguage

// The texts of programs below the rows of the tasks, on the same axis: which task ran each line in each tick.

extension TimelinePicture {
  /// The rows that the texts take, each with a heading.
  var listingRows: Int { listings.reduce(0) { $0 + 1 + $1.lines.count } }

  /// What the texts need beside the styles of all pictures.
  static let stylesOfTexts = """
    <style>
    .code { font: 13px ui-monospace, Menlo, Consolas, monospace }
    .inside { font-size: 11px; text-anchor: middle; fill: #ffffff }
    @media (prefers-color-scheme: dark) { .inside { fill: #0d1117 } }
    </style>
    """

  /// The most characters of a line of text.
  private static let mostCharacters = 36

  /// The narrowest box that has a number inside, in pixels.
  private static let narrowestBox = 9.0

  func picture(ofTextsFrom top: Int, _ scale: TimelineScale) -> String {
    var text = ""
    var top = top
    for listing in listings {
      let y = top + (Size.row + Size.bar) / 2 - 3
      text += "<text class=\"faint\" x=\"\(Size.margin)\" y=\"\(y)\">"
      text += "\(Self.escaped(excerpt(of: listing.name))), line by line</text>\n"
      top += Size.row
      for line in listing.lines {
        text += picture(of: line, at: top + (Size.row - Size.bar) / 2, scale)
        top += Size.row
      }
    }
    return text
  }

  private func picture(
    of line: TimelineListing.Line,
    at top: Int,
    _ scale: TimelineScale
  ) -> String {
    let y = top + Size.bar - 3
    let words = ClippedText.clipped("\(line.number)  \(line.text)", to: Self.mostCharacters)
    var text = "<text class=\"code\" xml:space=\"preserve\" x=\"\(Size.margin)\" y=\"\(y)\">"
    text += "\(Self.escaped(words))</text>\n"
    let pixels = Double(Size.chart) / Double(max(1, scale.columns))
    var columns = line.columns(scale)[...]
    while let tasks = columns.first {
      let run = columns.prefix { $0 == tasks }
      columns = columns.dropFirst(run.count)
      if tasks.isEmpty { continue }
      let from = Double(left) + Double(run.startIndex) * pixels
      let width = Double(run.count) * pixels
      let ticks =
        scale.ticks(of: run.startIndex).lowerBound..<scale.ticks(of: run.endIndex - 1).upperBound
      let when = ticks.count == 1 ? "tick" : "ticks \(ticks.lowerBound) to"
      text += "<g><title>line \(line.number), \(when) \(ticks.upperBound - 1): "
      text += tasks.map(name).joined(separator: ", ") + "</title>"
      text += "<path class=\"running\" d=\""
      text += Self.box(from + 0.5, Double(top), max(0.5, width - 1), Double(Size.bar)) + "\"/>"
      if tasks.count == 1, width >= Self.narrowestBox * Double("\(tasks[0])".count) {
        text += "<text class=\"inside\" x=\"\(Self.number(from + width / 2))\" y=\"\(y - 1)\">"
        text += "\(tasks[0])</text>"
      }
      text += "</g>\n"
    }
    return text
  }

  private func name(_ task: TaskID) -> String {
    let words = rows.first { $0.tid == task }.map { " (\(Self.escaped(excerpt(of: $0.name))))" }
    return "task \(task)" + (words ?? "")
  }
}
