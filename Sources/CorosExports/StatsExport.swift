import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage

/// The measures of `stats` for each task, as a table for spreadsheets.
enum StatsExport: ExportFormat {
  static let name = "csv"
  static let summary = "the stats of each task, as a table"
  static let kind = FileKind(noun: "an export of stats", beginning: heading + "\n")

  /// The names of the columns.
  static let columns = [
    "tid", "name", "creator", "state", "status", "arrival", "first_run", "end", "response",
    "turnaround", "wait", "run", "blocked", "stopped", "switching",
  ]

  private static var heading: String { columns.joined(separator: ",") }

  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError) {
    try sink.write(heading + "\n")
    for task in request.scheduler.tasks(includingEnded: true) {
      if request.isInterrupted() { return }
      let fields = fields(of: task, now: request.scheduler.now).map(field)
      try sink.write(fields.joined(separator: ",") + "\n")
    }
  }

  /// What the columns say of a task.
  static func fields(of task: TaskInfo, now: Tick) -> [String] {
    let accounting = task.accounting
    let numbers: [Int?] = [
      accounting.arrival, accounting.firstRun, accounting.end, accounting.response,
      accounting.turnaround, accounting.wait(now: now), accounting.dispatches,
      accounting.blocked(now: now), accounting.stopped(now: now), accounting.switching(now: now),
    ]
    return [
      "\(task.tid)", task.name, "\(task.creator)", task.state.word, task.status?.description ?? "",
    ] + numbers.map { $0.map { String($0) } ?? "" }
  }

  /// A field, quoted if necessary (RFC 4180).
  ///
  /// NUL, which many readers reject, becomes its picture.
  ///
  /// A text that a spreadsheet would read as a formula begins with an apostrophe (OWASP, CSV injection).
  private static func field(_ text: String) -> String {
    let special = [0x22, 0x2C, 0x0A, 0x0D] as [UInt8]
    var text = text.replacing("\0", with: "\u{2400}")
    if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { text = "'" + text }
    guard text.utf8.contains(where: special.contains) || text.first == " " || text.last == " "
    else { return text }
    // Works on scalars: Swift sees a quote and the accent after it as one character, which is not a quote.
    var quoted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    return "\"\(String(quoted))\""
  }
}
