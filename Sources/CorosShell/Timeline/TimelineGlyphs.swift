package import CorosInsight

/// The characters of a chart: one for each state, so that it is readable without colours.
package struct TimelineGlyphs: Sendable {
  package let running: Character
  /// For a column in which the task ran in some of the ticks, from few to many.
  let partlyRunning: [Character]
  package let ready: Character
  package let switching: Character
  package let waiting: Character
  let locked: Character
  package let sleeping: Character
  package let stopped: Character
  package let new: Character
  package let ends: [TimelineMark: Character]
  package let mark: Character
  let axis: Character

  package static let unicode = TimelineGlyphs(
    running: "█",
    partlyRunning: ["▁", "▂", "▃", "▄", "▅", "▆", "▇"],
    ready: "░",
    switching: "~",
    waiting: "w",
    locked: "L",
    sleeping: "z",
    stopped: "s",
    new: "·",
    ends: [.exited: "│", .killed: "✕", .failed: "!", .deadlock: "∞"],
    mark: "┬",
    axis: "─"
  )

  package static let ascii = TimelineGlyphs(
    running: "#",
    partlyRunning: ["+"],
    ready: "-",
    switching: "~",
    waiting: "w",
    locked: "L",
    sleeping: "z",
    stopped: "s",
    new: ".",
    ends: [.exited: "]", .killed: "X", .failed: "!", .deadlock: "@"],
    mark: "|",
    axis: "_"
  )

  /// For half of a column.
  var somewhatRunning: Character { partlyRunning[partlyRunning.count / 2] }

  /// The character for a state.
  func glyph(of state: TimelineState) -> Character {
    switch state {
    case .running: running
    case .ready: ready
    case .switching: switching
    case .waiting: waiting
    case .locked: locked
    case .sleeping: sleeping
    case .stopped: stopped
    case .new: new
    }
  }

  /// The character for the end of a row.
  func glyph(of mark: TimelineMark) -> Character { ends[mark] ?? " " }

  /// The character for a column: running takes precedence.
  func glyph(of cell: TimelineCell) -> Character {
    if cell.ran == cell.ticks, cell.ran > 0 { return running }
    if cell.ran > 0 {
      // A column has at least two ticks here, and is never as good as full, nor as empty.
      let count = partlyRunning.count
      let share = Double(cell.ran) / Double(cell.ticks) * Double(count + 1)
      return partlyRunning[min(max(Int(share.rounded()), 1), count) - 1]
    }
    return cell.state.map(glyph) ?? " "
  }
}

extension TimelineState {
  package var role: Style.Role {
    switch self {
    case .running: .good
    case .ready, .switching, .new: .faint
    case .waiting: .waiting
    case .locked: .locked
    case .sleeping: .asleep
    case .stopped: .bad
    }
  }
}

extension TimelineMark {
  package var role: Style.Role {
    switch self {
    case .exited: .faint
    case .killed, .failed, .deadlock: .bad
    }
  }
}
