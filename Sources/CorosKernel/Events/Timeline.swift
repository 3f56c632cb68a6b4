/// Draws the events of a scheduler as a picture: one row per task, one column per tick.
///
/// `#` runs, `-` is ready, `w` waits, `z` sleeps, `s` is stopped, and a blank means not created or not
/// arrived yet. A row ends when its task ends.
public final class Timeline: Observer {
  /// What changes the picture.
  public let interests: Event.Kinds = [.lives, .dispatches, .waits, .stops, .clock]

  private struct Row {
    let tid: TaskID
    let name: String
    var cells: String
    var state: Character = "-"
    var isStopped = false
    var isAlive = true
  }

  private var rows: [Row] = []
  private var drawn: Tick = 0

  /// Makes an empty picture.
  public init() {}

  /// The rows, oldest task first.
  public var picture: [String] {
    rows.map { "\($0.name): \($0.cells)" }
  }

  /// The rows, with blanks between names and cells so that the same ticks stand below one another.
  public var alignedPicture: [String] {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      "\(row.name):\(String(repeating: " ", count: width - row.name.count)) \(row.cells)"
    }
  }

  /// Draws what has happened.
  public func observe(_ event: Event) {
    while drawn < event.tick { drawColumn() }
    switch event.action {
    case .spawned(let name, _):
      let blanks = String(repeating: " ", count: drawn)
      rows.append(Row(tid: event.task, name: name, cells: blanks))
    case .arrived:
      change(event.task) { $0.state = "-" }
    case .dispatched:
      drawColumn(running: event.task)
    case .blocked(let reason, _):
      let state: Character = reason == .arrival ? " " : reason == .time ? "z" : "w"
      change(event.task) { $0.state = state }
    case .woke:
      change(event.task) { $0.state = "-" }
    case .stopped:
      change(event.task) { $0.isStopped = true }
    case .continued:
      change(event.task) { $0.isStopped = false }
    case .exited:
      change(event.task) { $0.isAlive = false }
    default:
      break
    }
  }

  private func change(_ tid: TaskID, _ edit: (inout Row) -> Void) {
    if let index = rows.firstIndex(where: { $0.tid == tid }) { edit(&rows[index]) }
  }

  private func drawColumn(running: TaskID? = nil) {
    for index in rows.indices where rows[index].isAlive {
      let row = rows[index]
      rows[index].cells.append(
        row.tid == running ? "#" : row.isStopped ? "s" : row.state
      )
    }
    drawn += 1
  }
}
