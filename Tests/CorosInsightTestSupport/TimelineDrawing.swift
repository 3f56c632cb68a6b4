package import CorosInsight
package import CorosKernel

/// A row as a picture of ticks: `#` runs, `-` is ready, `w` waits, `L` waits for a lock, `z` sleeps, `s` is
/// stopped, `~` is being switched to, `.` is to arrive, and a blank is not there.
package func row(_ tid: TaskID, _ name: String, _ picture: String) -> TimelineRow {
  var spans: [TimelineSpan] = []
  for (tick, character) in picture.enumerated() {
    guard let state = states[character] else { continue }
    if let last = spans.last, last.state == state, last.to == tick {
      spans[spans.count - 1] = TimelineSpan(state: state, from: last.from, to: tick + 1)
    } else {
      spans.append(TimelineSpan(state: state, from: tick, to: tick + 1))
    }
  }
  return TimelineRow(tid: tid, name: name, spans: spans, figures: TimelineFigures(arrival: 0))
}

private let states: [Character: TimelineState] = [
  "#": .running, "-": .ready, "w": .waiting, "L": .locked, "z": .sleeping, "s": .stopped, ".": .new,
  "~": .switching,
]

/// The same picture of a row, one character per tick.
package func picture(_ row: TimelineRow, upTo end: Tick) -> String {
  let characters = Dictionary(uniqueKeysWithValues: states.map { ($1, $0) })
  return String(
    (0..<end).map { tick in
      row.spans.first { $0.from <= tick && tick < $0.to }.flatMap { characters[$0.state] } ?? " "
    }
  )
}
