/// Prints outcomes, for people or for programs.
enum Report {
  /// One outcome as a JSON object.
  static func json(_ outcome: Outcome) -> String {
    var fields = ["\"name\":\"\(outcome.name)\"", "\"tasks\":\(outcome.tasks)"]
    if let spread = outcome.nanoseconds {
      fields += [
        "\"ns\":\(decimal(spread.median, 2))",
        "\"bytes_per_task\":\(outcome.bytesPerTask.map { decimal($0, 0) } ?? "null")",
        "\"min\":\(decimal(spread.lowest, 2))",
        "\"max\":\(decimal(spread.highest, 2))",
      ]
    } else {
      fields += ["\"ns\":null", "\"bytes_per_task\":null"]
    }
    return "{\(fields.joined(separator: ","))}"
  }

  /// All outcomes, with their budgets.
  static func table(_ outcomes: [Outcome]) -> String {
    let header = ["name", "tasks", "ns", "min", "max", "budget", "B/task", "budget", ""]
    let rows = outcomes.map { outcome in
      let budget = limit(of: outcome, among: outcomes)
      let bytesBudget = outcome.bytesPerTask == nil ? nil : outcome.budget.bytesPerTask
      guard let spread = outcome.nanoseconds else {
        return row(outcome) + ["failed: \(outcome.failure ?? "")"]
      }
      let isOver = over(spread.median, budget) || over(outcome.bytesPerTask, bytesBudget)
      return row(outcome) + [
        short(spread.median), short(spread.lowest), short(spread.highest), short(budget),
        short(outcome.bytesPerTask), short(bytesBudget), isOver ? "over" : "",
      ]
    }
    return grid([header] + rows)
  }

  /// Our times beside those of the peers: each peer's time, and ours as a multiple of it.
  static func comparison(_ outcomes: [Outcome], ours isOurs: (Outcome) -> Bool) -> String {
    let ours = outcomes.filter(isOurs)
    let header = ["name", "tasks", "ns", "min", "max", "B/task", "machine/it", "async/it"]
    let rows = outcomes.map { outcome in
      guard let spread = outcome.nanoseconds else {
        return row(outcome) + ["failed: \(outcome.failure ?? "")"]
      }
      let kind = outcome.name.prefix { $0 != "/" }
      let ratios = ["machine", "async"].map { form in
        let our = ours.first { $0.name == "\(kind)/\(form)" && $0.tasks == outcome.tasks }
        return our?.nanoseconds.map { decimal($0.median / spread.median, 2) } ?? "-"
      }
      return row(outcome) + [
        short(spread.median), short(spread.lowest), short(spread.highest),
        short(outcome.bytesPerTask),
      ] + ratios
    }
    return grid([header] + rows)
  }

  /// Whole programs, with the first one's time as a multiple of each of the others.
  static func programs(_ outcomes: [Outcome]) -> String {
    let header = ["name", "ms", "min", "max", "coros/it", "budget"]
    let rows = outcomes.map { outcome in
      guard let spread = outcome.nanoseconds else {
        return [outcome.name, "failed: \(outcome.failure ?? "")"]
      }
      let kind = outcome.name.prefix { $0 != "/" }
      let our = outcomes.first { $0.name == "\(kind)/coros" }?.nanoseconds
      let budget = Startup.budgets[outcome.name]
      return [outcome.name]
        + [spread.median, spread.lowest, spread.highest].map { decimal($0 / 1e6, 2) }
        + [our.map { decimal($0.median / spread.median, 2) } ?? "-", short(budget)]
    }
    return grid([header] + rows)
  }

  /// The readings of a long run, with the growth since the first.
  static func soak(_ readings: [SoakReading]) -> String {
    let header = ["run", "dispatches", "tasks ended", "alive", "resident KiB", "growth"]
    let first = readings.first?.bytes
    let rows = readings.map { reading in
      let growth = first.flatMap { first in reading.bytes.map { ($0 / first - 1) * 100 } }
      return [
        "\(reading.percent) %", grouped(reading.dispatches), grouped(reading.tasksEnded),
        grouped(reading.tasksAlive), reading.bytes.map { grouped(Int($0 / 1_024)) } ?? "unknown",
        growth.map { "\(decimal($0, 1)) %" } ?? "",
      ]
    }
    return grid([header] + rows)
  }

  /// The spread of the rounds, which shows what differences are significant.
  static func noise(_ outcomes: [Outcome], rounds: Int) -> String {
    let widths = outcomes.compactMap { outcome in
      outcome.nanoseconds.map { (width: $0.width, outcome: outcome) }
    }
    guard rounds > 1, let typical = Spread(widths.map(\.width)),
      let worst = widths.max(by: { $0.width < $1.width })
    else { return "One round: the noise is unknown." }
    func percent(_ part: Double) -> String { "\(decimal(part * 100, 0)) %" }
    return "Medians of \(rounds) rounds. Noise: highest and lowest of a row are "
      + "\(percent(typical.median)) of its median apart in the typical row, and at worst "
      + "\(percent(worst.width)) (\(worst.outcome.name), \(worst.outcome.tasks) tasks)."
  }

  /// How many nanoseconds an operation may take; nil where nothing is promised.
  private static func limit(of outcome: Outcome, among outcomes: [Outcome]) -> Double? {
    if let fixed = outcome.budget.nanoseconds[outcome.tasks] { return fixed }
    guard let ratio = outcome.budget.ratio else { return nil }
    let other = outcomes.first { $0.name == ratio.measure && $0.tasks == outcome.tasks }
    return other?.nanoseconds.map { $0.median * ratio.limit }
  }

  private static func row(_ outcome: Outcome) -> [String] {
    [outcome.name, grouped(outcome.tasks)]
  }

  private static func over(_ value: Double?, _ budget: Double?) -> Bool {
    guard let value, let budget else { return false }
    return value > budget
  }

  /// Aligns the first column to the left, the others to the right.
  private static func grid(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() where !cell.hasPrefix("failed") {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        return column == 0 ? cell + padding : padding + cell
      }
      return trimmed(cells.joined(separator: "  "))
    }.joined(separator: "\n")
  }

  private static func trimmed(_ line: String) -> Substring {
    line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)]
  }

  // MARK: Numbers

  private static func short(_ value: Double?) -> String {
    guard let value else { return "" }
    return value < 100 ? decimal(value, 1) : grouped(Int(value.rounded()))
  }

  private static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// A number with a fixed number of decimals.
  private static func decimal(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: places - fraction.count)
    return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
  }
}
