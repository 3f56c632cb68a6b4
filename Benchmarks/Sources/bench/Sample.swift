/// The result of one run of one measure; passed between processes as a line `NAME TASKS NS BYTES`.
struct Sample {
  let name: String
  let tasks: Int
  /// The average time of one operation.
  let nanoseconds: Double
  /// The resident memory per task; nil if the number means nothing.
  let bytesPerTask: Double?

  init(name: String, tasks: Int, nanoseconds: Double, bytesPerTask: Double?) {
    self.name = name
    self.tasks = tasks
    self.nanoseconds = nanoseconds
    self.bytesPerTask = bytesPerTask
  }

  /// Parses the line that a process of a measure has printed, whether ours or a peer's.
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

  /// The sample as a line.
  var line: String {
    "\(name) \(tasks) \(nanoseconds) \(bytesPerTask.map { "\($0)" } ?? "-")"
  }
}
