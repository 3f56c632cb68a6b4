public import CorosExplore
import CorosHistory
public import CorosKernel
public import Testing

/// Runs a task, and all that it creates, once under a policy; what goes wrong is an issue of the test.
///
/// What fails is shrunk as in an exploration, so that the schedule printed is a small one.
///
/// - Parameters:
///   - policy: who runs next. Default: that of the trait `.policies`, or else round robin.
///   - ticks: the most ticks.
///   - properties: what must hold, beside that no task fails and none waits for ever.
///   - location: where an issue is shown.
///   - body: the first task.
/// - Returns: the tick at which all have ended, or something stopped them.
/// - Throws: only if the kernel refuses to create the task.
@discardableResult
public func simulate(
  under policy: (any SchedulingPolicy)? = nil,
  ticks: Tick = 1_000_000,
  properties: [Property] = [],
  sourceLocation location: SourceLocation = #_sourceLocation,
  _ body: @escaping TaskBody
) throws -> Tick {
  let tested = TestedTasks(
    setUp: { try $0.createTask("main", body) },
    properties: properties,
    ignored: []
  )
  if let schedule = TestConditions.current.schedule {
    try tested.replay(schedule, at: location)
    return schedule.count
  }
  return try tested.run(under: policy, ticks: ticks, at: location)
}
