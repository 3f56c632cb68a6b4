import CorosExplore
import CorosKernel

extension ExplorationFailure {
  /// The longest line of a picture that is shown.
  private static let width = 100

  /// What a failing test prints: what went wrong, the smallest schedule, its picture, and how to see it again.
  func report(in how: String, picture: [String]) -> String {
    var lines = ["\(how): \(title)", "  \(text)", "\(sizeText)"]
    // A task that has not run yet has nothing but blanks.
    let rows = picture.map { "  \($0)".trimmingEnd }
    if rows.allSatisfy({ $0.count <= Self.width }) { lines += rows }
    if cycle.isEmpty {
      lines.append("to see it again: .replaying(\"\(schedule)\")")
    } else {
      let steps = cycle.map(\.description).joined(separator: ".")
      lines.append("the schedule \(schedule) leads there, and \(steps) goes round for ever")
    }
    return lines.joined(separator: "\n")
  }

  private var title: String {
    switch kind {
    case .deadlock: "a deadlock"
    case .failed: "a task failed"
    case .check: "a check at the end does not hold"
    case .always: "a condition does not hold that must hold always"
    case .livelock: "tasks go round for ever"
    }
  }

  private var sizeText: String {
    if minimal == .found { return "the schedule found has \(size.text)" }
    var result = "the smallest schedule has \(size.text)"
    if minimal == .proved { result += "; none has fewer pre-emptions" }
    if from != size { result += "\nit was shrunk from \(from.text)" }
    return result
  }
}

extension ExplorationFailure.Size {
  /// As in `1 pre-emption, 2 switches, 6 steps`.
  fileprivate var text: String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(number) \(number == 1 ? one : many)"
    }
    return [
      count(preemptions, "pre-emption", "pre-emptions"), count(switches, "switch", "switches"),
      count(steps, "step", "steps"),
    ].joined(separator: ", ")
  }
}

extension String {
  /// The text without the blanks at its end.
  fileprivate var trimmingEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
