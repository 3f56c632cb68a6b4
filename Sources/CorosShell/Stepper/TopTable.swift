import CorosInsight
package import CorosKernel
import CorosLanguage
package import CorosSession

/// The columns of `top`, by any of which it can be sorted.
package enum TopColumn: String, CaseIterable, Sendable {
  case tid, name, state, cpu, run, wait, blocked

  /// Whether the largest value comes first.
  var isDescending: Bool { ![.tid, .name, .state].contains(self) }

  /// The next column, or the one before, around the ends.
  package func next(_ places: Int) -> TopColumn {
    let all = Self.allCases
    let index = (all.firstIndex(of: self) ?? 0) + places
    return all[(index % all.count + all.count) % all.count]
  }
}

/// What `top` shows: the live tasks, and how much of the CPU each has had.
package struct TopTable {
  package let tick: Tick
  package let rows: [TopRow]

  /// Looks at all live tasks; O(n log n).
  ///
  /// - Parameters:
  ///   - scheduler: The machine.
  ///   - column: The column to sort by; equal rows stand in the order of their ids.
  ///   - isReversed: Whether the order is turned round.
  package init(_ scheduler: Scheduler, sortedBy column: TopColumn, isReversed: Bool = false) {
    tick = scheduler.now
    let now = tick
    let rows = scheduler.tasks().map { TopRow(task: $0, now: now) }
    self.rows = rows.sorted(by: column, isReversed: isReversed)
  }
}

extension [TopRow] {
  /// The rows in the order of a column; equal ones stand in the order of their ids.
  package func sorted(by column: TopColumn, isReversed: Bool = false) -> [TopRow] {
    let isDescending = column.isDescending != isReversed
    return sorted { left, right in
      let (first, second) = isDescending ? (right, left) : (left, right)
      return first.isBelow(second, by: column)
        ?? (left.task.tid.rawValue < right.task.tid.rawValue)
    }
  }
}

/// A task in `top`.
package struct TopRow: ListingRow {
  package let task: TaskInfo
  package let now: Tick

  /// Makes the row of a task at a tick.
  package init(task: TaskInfo, now: Tick) {
    self.task = task
    self.now = now
  }

  private var run: Tick { task.accounting.dispatches }
  private var wait: Tick { task.accounting.wait(now: now) }
  private var blocked: Tick { task.accounting.blocked(now: now) }
  /// The share of the ticks since its arrival in which it had the CPU, in percent.
  private var share: Rounded {
    let life = (task.accounting.end ?? now) - task.accounting.arrival
    return Rounded(life > 0 ? Double(run) / Double(life) * 100 : nil, places: 1)
  }

  /// Whether it comes before another row; nil where the column makes no difference.
  func isBelow(_ other: TopRow, by column: TopColumn) -> Bool? {
    func less<Value: Comparable>(_ value: (TopRow) -> Value) -> Bool? {
      let (mine, others) = (value(self), value(other))
      return mine == others ? nil : mine < others
    }
    return switch column {
    case .tid: less { $0.task.tid.rawValue }
    case .name: less { $0.task.name }
    case .state: less { $0.task.state.word }
    case .cpu: less { $0.share.value ?? -1 }
    case .run: less(\.run)
    case .wait: less(\.wait)
    case .blocked: less(\.blocked)
    }
  }

  /// What a column says of the task, in words; nil where that stands in any list of tasks.
  package func words(for column: TopColumn) -> String? {
    switch column {
    case .tid, .name, .state, .run: nil
    case .cpu: share.value == nil ? nil : "\(share.text) % of the CPU"
    case .wait: "waited \(counted(wait, "tick"))"
    case .blocked: "blocked \(counted(blocked, "tick"))"
    }
  }

  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.task.tid.rawValue),
    .text("name", "its name", \.task.name),
    .state(\.task.state),
    ResultField(
      "cpu",
      .orNull(.number),
      "the percentage of the ticks since its arrival in which it ran"
    ) { $0.share.json },
    .number("run", "its ticks of CPU", \.run),
    .number("wait", "the ticks in which it was ready and did not run", \.wait),
    .number("blocked", "the ticks that it waited for anything else", \.blocked),
  ]

  package static let columns: [TextTable.Column] = TopColumn.allCases.map { column in
    let title = column == .cpu ? "CPU%" : column.rawValue.uppercased()
    return .init(title, column.isDescending || column == .tid ? .right : .left)
  }

  package var cells: [TextTable.Cell] {
    [
      .init("\(task.tid)", .heading), .init(task.name),
      .init(task.state.word, task.state.role), .init(share.text), .init(run), .init(wait),
      .init(blocked),
    ]
  }
}
