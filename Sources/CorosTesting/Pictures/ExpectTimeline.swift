public import CorosKernel
public import Testing

/// Runs tasks, and compares what each did at each tick with a picture: one row a task, one column a tick.
///
/// `#` runs, `-` is ready, `w` waits, `z` sleeps, `s` is stopped; a blank before the task is there. A row ends when
/// its task ends; the rows begin below one another, whatever the length of the names:
///
/// ```swift
/// try expectTimeline(
///   """
///   A: #-#
///   B: -#-#
///   """
/// ) { scheduler in
///   for name in ["A", "B"] { try scheduler.createTask(name) { os in try await os.yield() } }
/// }
/// ```
///
/// - Parameters:
///   - picture: what is expected.
///   - policy: who runs next. Default: that of the trait `.policies`, or else round robin.
///   - ticks: the most ticks.
///   - location: where an issue is shown.
///   - setUp: makes the tasks, and what they share.
/// - Throws: what making the tasks throws.
public func expectTimeline(
  _ picture: String,
  under policy: (any SchedulingPolicy)? = nil,
  ticks: Tick = 10_000,
  sourceLocation location: SourceLocation = #_sourceLocation,
  _ setUp: (Scheduler) throws -> Void
) throws {
  let conditions = TestConditions.current
  let policy = policy ?? conditions.policy?.make() ?? RoundRobin()
  let scheduler = Scheduler(policy: policy, seed: conditions.seed)
  let timeline = Timeline()
  scheduler.add(timeline)
  try setUp(scheduler)
  scheduler.run(ticks: ticks)
  let expected = picture.split(separator: "\n").map(String.init)
  guard let text = difference(between: expected, and: timeline.alignedPicture) else { return }
  conditions.noteFailure()
  Issue.record(Comment(rawValue: "under \(policy.description) \(text)"), sourceLocation: location)
}

/// How two pictures differ; nil when they are the same.
private func difference(between expected: [String], and picture: [String]) -> String? {
  if expected == picture { return nil }
  var lines = ["tasks did something else:"]
  for index in 0..<max(expected.count, picture.count) {
    let wanted = index < expected.count ? expected[index] : "no task"
    let drawn = index < picture.count ? picture[index] : "no task"
    if wanted == drawn {
      lines.append("  \(drawn)")
      continue
    }
    let same = zip(wanted, drawn).prefix { $0 == $1 }.count
    lines += [
      "  expected  \(wanted)", "  but was   \(drawn)",
      String(repeating: " ", count: 12 + same) + "^",
    ]
  }
  return lines.joined(separator: "\n")
}
