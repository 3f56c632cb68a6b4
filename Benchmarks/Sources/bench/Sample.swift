/// What one run of one measure found; a line `NAME TASKS NS BYTES` on the way between processes.
struct Sample {
  let name: String
  let tasks: Int
  /// The time that one operation took, on average.
  let nanoseconds: Double
  /// The resident memory that one task took; nil where that says nothing.
  let bytesPerTask: Double?

  init(name: String, tasks: Int, nanoseconds: Double, bytesPerTask: Double?) {
    self.name = name
    self.tasks = tasks
    self.nanoseconds = nanoseconds
    self.bytesPerTask = bytesPerTask
  }

  /// Reads the line that a process of a measure, ours or a peer's, has printed.
  init?(line: some StringProtocol) {
    let fields = line.split(separator: " ")
    guard fields.count == 4, let tasks = Int(fields[1]), let nanoseconds = Double(fields[2])
    else { return nil }
    self.init(
      name: String(fields[0]),
      tasks: tasks,
      nanoseconds: nanoseconds,
      bytesPerTask: tasks >= ResidentMemory.fewestTasks ? Double(fields[3]) : nil
    )
  }

  /// The line.
  var line: String {
    "\(name) \(tasks) \(nanoseconds) \(bytesPerTask.map { "\($0)" } ?? "-")"
  }
}
