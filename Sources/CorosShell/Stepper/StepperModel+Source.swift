import CorosKernel
import CorosSession

// The text that a task runs.

extension StepperModel {
  /// The text of the selected task, or else of the next one, around the line at which it stands.
  ///
  /// - Parameters:
  ///   - items: The tasks on the screen: among them are those looked for that stand in the same text.
  ///   - height: The lines of the screen.
  /// - Returns: Nil for a task that runs no text.
  package func source(of items: [StepperState.Item], _ height: Int) -> StepperState.Source? {
    guard let target, let program = shell.scheduler.steppedProgram(of: target) else { return nil }
    var others: [Int: [TaskID]] = [:]
    for case .task(let row) in items where row.tid != target {
      guard let other = shell.scheduler.steppedProgram(of: row.tid), let line = other.line,
        other.programName == program.programName, other.text == program.text
      else { continue }
      others[line, default: []].append(row.tid)
    }
    let texts = program.text.split(separator: "\n", omittingEmptySubsequences: false)
    let current = program.line ?? texts.count
    let range = max(0, current - 1 - height)..<min(texts.count, current + height)
    return StepperState.Source(
      tid: target,
      name: program.programName,
      variables: (shell.session.details(of: target)?.variables ?? []).map { name, value in
        "\(name) = \(value.map { String(describing: $0) } ?? "?")"
      },
      lines: range.map { index in
        StepperState.Source.Line(
          number: index + 1,
          text: String(texts[index]),
          isCurrent: index + 1 == program.line,
          others: others[index + 1] ?? []
        )
      },
      count: texts.count
    )
  }
}
