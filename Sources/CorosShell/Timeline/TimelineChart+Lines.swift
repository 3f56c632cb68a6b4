import CorosInsight
import CorosKernel
import CorosLanguage

// The texts of programs under the rows of the tasks, on the same axis: which task ran each line in each tick.

extension TimelineChart {
  /// The character for a column in which several tasks ran a line.
  private static let severalTasks: Character = "*"

  /// The character for the tasks that ran a line in a column.
  private func glyph(of tasks: [TaskID]) -> Character {
    guard let task = tasks.first else { return " " }
    if tasks.count > 1 { return Self.severalTasks }
    // The row above says who it is.
    return task.rawValue < 10 ? Character("\(task)") : glyphs.running
  }

  /// A heading and the lines of each text.
  var listingLines: [String] {
    listings.flatMap { listing in
      let columns = listing.lines.map { $0.columns(scale) }
      let isMixed = columns.contains { $0.contains { $0.count > 1 } }
      let heading =
        "\(excerpt(of: listing.name)), line by line: the task that runs it"
        + (isMixed ? ", \(Self.severalTasks) for several" : "")
      return TextFlow.wrapped(heading, width: width, indent: "").split(separator: "\n").map {
        style.paint(ClippedText.clipped(String($0), to: width), .faint)
      } + zip(listing.lines, columns).map(line)
    }
  }

  private func line(_ line: TimelineListing.Line, _ columns: [[TaskID]]) -> String {
    let number = "\(line.number)"
    var text =
      String(repeating: " ", count: max(0, tidWidth - number.count)) + style.paint(number, .faint)
    if nameWidth > 0 { text += " " + ClippedText.padded(line.text, to: nameWidth) }
    var cells = String(columns.map(glyph))[...]
    while cells.last == " " { cells.removeLast() }
    guard !cells.isEmpty else {
      while text.last == " " { text.removeLast() }
      return text
    }
    return text + " " + style.paint(String(cells), TimelineState.running.role)
  }
}
