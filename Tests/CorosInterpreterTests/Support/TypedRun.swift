import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

/// A machine with typed programs, and all its events.
final class TypedRun {
  let scheduler: Scheduler
  let log = EventLog()

  init(
    _ definitions: String...,
    policy: any SchedulingPolicy = RoundRobin(),
    seed: UInt64 = 0
  ) throws(ProgramError) {
    scheduler = Scheduler(policy: policy, seed: seed)
    scheduler.add(log)
    for text in definitions { try scheduler.define(text) }
  }

  /// Makes a task of a program.
  @discardableResult
  func spawn(_ name: String, _ arguments: String...) throws -> TaskID {
    let program = try #require(scheduler.definitions?.program(name))
    return try scheduler.createTask(name, try program.code(arguments: arguments))
  }

  /// The shared values, by name, as text.
  var values: [String: String] {
    Dictionary(
      uniqueKeysWithValues: scheduler.sharedValues.map { shared in
        (shared.name, shared.values.map(\.description).joined(separator: " "))
      }
    )
  }

  /// What the tasks did in each step: the task, the call and the answer.
  var calls: [String] {
    log.events.compactMap { event in
      if case .trapped(let call) = event.action { "\(event.task): \(call)" } else { nil }
    }
  }

  var endings: [String] {
    log.events.compactMap { event in
      if case .exited(let status) = event.action { "\(event.task): \(status)" } else { nil }
    }
  }
}
