import CorosExplore
import CorosKernel
import Testing

@testable import CorosInterpreter

/// Some typed programs, and the tasks that run them from the first tick on.
struct Model: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  /// Each task as it would be spawned: `phil 1 2`.
  let tasks: [String]

  init(_ name: String, _ tasks: [String], _ text: String) {
    self.name = name
    self.text = text
    self.tasks = tasks
  }

  var testDescription: String { name }

  /// Makes the objects and the tasks.
  func setUp(_ scheduler: Scheduler) throws {
    try scheduler.define(text)
    for task in tasks {
      let words = task.split(separator: " ").map(String.init)
      let program = try #require(scheduler.definitions?.program(words[0]))
      let code = try program.code(arguments: Array(words.dropFirst()))
      try scheduler.createTask(words[0], code)
    }
  }

  /// An explorer of the tasks, with what the text says must hold.
  var explorer: Explorer {
    var explorer = Explorer(setUp)
    let isChecked = text.contains("always ")
    explorer.properties = [
      Property(.finally) { $0.brokenCheck(atEnd: true) }
    ]
    if isChecked {
      var property = Property(.always) { $0.brokenCheck(atEnd: false) }
      property.objects = { $0.checkedCells }
      explorer.properties.append(property)
    }
    explorer.values = { scheduler in
      scheduler.sharedValues.map { shared in
        "\(shared.name)=\(shared.values.map(\.description).joined(separator: ","))"
      }.joined(separator: " ")
    }
    return explorer
  }

  /// The same explorer, of which it is known that what must hold is about shared values alone.
  var anonymous: Explorer {
    var explorer = explorer
    explorer.properties = explorer.properties.map {
      var property = Property($0.time, seesTasks: false, broken: $0.broken)
      property.objects = $0.objects
      return property
    }
    return explorer
  }

  /// To the end, past failures, which stay as they were found.
  static var allLimits: ExplorationLimits {
    var limits = ExplorationLimits()
    limits.all = true
    limits.shrinks = false
    return limits
  }

  /// Explores to the end, past failures.
  func all(
    _ strategy: Strategy,
    _ change: (inout ExplorationLimits) -> Void = { _ in }
  ) throws
    -> ExplorationReport
  {
    var limits = ExplorationLimits()
    limits.all = true
    limits.shrinks = false
    change(&limits)
    return try explorer.explore(strategy, limits: limits)
  }
}
