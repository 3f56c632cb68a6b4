package import CorosKernel
import CorosLanguage

/// The text of a program, and which task ran each of its lines when.
package struct TimelineListing: Equatable, Sendable {
  /// A line of the text.
  package struct Line: Equatable, Sendable {
    /// Its number, from 1.
    package let number: Int
    package let text: String
    /// Who ran it, oldest first.
    package let steps: [Step]

    package init(number: Int, text: String, steps: [Step]) {
      self.number = number
      self.text = text
      self.steps = steps
    }
  }

  /// A tick in which a task ran a line.
  package struct Step: Equatable, Sendable {
    package let tick: Tick
    package let task: TaskID

    package init(tick: Tick, task: TaskID) {
      self.tick = tick
      self.task = task
    }
  }

  /// The name of the program.
  package let name: String
  /// The whole text if it is short; otherwise the lines that were run.
  package let lines: [Line]

  package init(name: String, lines: [Line]) {
    self.name = name
    self.lines = lines
  }

  /// The longest text that is shown whole, in lines.
  private static let mostLines = 12

  /// The texts that some tasks run, each once, in the order of the tasks.
  package static func listings(
    of tasks: some Sequence<TaskID>,
    _ history: LineHistory
  ) -> [TimelineListing] {
    var groups: [(source: LineHistory.Source, tasks: [TaskID])] = []
    for task in tasks {
      guard let source = history.sources[task] else { continue }
      if let index = groups.firstIndex(where: { $0.source == source }) {
        groups[index].tasks.append(task)
      } else {
        groups.append((source, [task]))
      }
    }
    return groups.map { TimelineListing($0.source, $0.tasks, history) }
  }

  private init(_ source: LineHistory.Source, _ tasks: [TaskID], _ history: LineHistory) {
    var steps: [Int: [Step]] = [:]
    for task in tasks {
      for step in history.steps[task] ?? [] {
        steps[step.line, default: []].append(Step(tick: step.tick, task: task))
      }
    }
    var texts = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    while texts.last?.allSatisfy(\.isWhitespace) == true { texts.removeLast() }
    let isShort = texts.count <= Self.mostLines
    name = source.name
    lines = texts.enumerated().compactMap { index, text -> Line? in
      let steps = steps[index + 1]?.sorted { ($0.tick, $0.task) < ($1.tick, $1.task) } ?? []
      guard isShort || !steps.isEmpty else { return nil }
      return Line(
        number: index + 1,
        text: String(text).replacing("\t", with: "  "),
        steps: steps
      )
    }
  }
}

extension TimelineListing.Line {
  /// The tasks that ran it in each column: none, one, or several.
  package func columns(_ scale: TimelineScale) -> [[TaskID]] {
    var columns = [[TaskID]](repeating: [], count: scale.columns)
    for step in steps where scale.range.contains(step.tick) {
      let column = scale.column(of: step.tick)
      if !columns[column].contains(step.task) { columns[column].append(step.task) }
    }
    return columns
  }
}
