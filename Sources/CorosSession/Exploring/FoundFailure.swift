package import CorosExplore
package import CorosHistory
import CorosKernel
import CorosLanguage

/// A failure that an exploration has found: in this process, or in one whose results were read from a file.
package struct FoundFailure: Equatable, Sendable {
  package let kind: ExplorationFailure.Kind
  /// The tasks that it happened to; of a circle each waits for the next.
  package let tasks: [Int]
  /// The same tasks by where they come from.
  package let names: [String]
  package let text: String
  /// The number of the run that found it, from 0.
  package var run: Int
  package let schedule: Schedule
  package let size: ExplorationFailure.Size
  /// Its size as it was found, before it was shrunk.
  package let from: ExplorationFailure.Size
  /// How many schedules were tried to shrink it.
  package let replays: Int
  package var minimal: ExplorationFailure.Minimality
  /// The tasks whose steps come again for ever; empty where it ends.
  package let cycle: [Int]

  init(_ failure: ExplorationFailure) {
    kind = failure.kind
    tasks = failure.tasks.map(\.rawValue)
    names = failure.names
    text = failure.text
    run = failure.run
    schedule = failure.schedule
    size = failure.size
    from = failure.from
    replays = failure.replays
    minimal = failure.minimal
    cycle = failure.cycle.map(\.rawValue)
  }

  /// Whether both are the same failure, in whatever schedules.
  func isSame(as other: FoundFailure) -> Bool {
    kind == other.kind && names == other.names && (kind == .deadlock || text == other.text)
  }

  /// The smaller one of two that are the same, with the lower number of the run.
  func merged(with other: FoundFailure) -> FoundFailure {
    var best = other.goesBefore(self) ? other : self
    best.run = min(run, other.run)
    return best
  }

  /// The smallest of some; nil of none.
  static func smallest(of failures: [FoundFailure]) -> FoundFailure? {
    failures.min { $0.goesBefore($1) }
  }

  private func goesBefore(_ other: FoundFailure) -> Bool {
    size == other.size ? schedule.description < other.schedule.description : size < other.size
  }
}

// In files.

extension FoundFailure {
  var json: JSON {
    [
      "kind": .string(kind.rawValue), "tasks": .array(tasks.map { .int($0) }),
      "names": .array(names.map { .string($0) }), "text": .string(text), "run": .int(run),
      "schedule": .string(schedule.description), "size": size.json, "from": from.json,
      "replays": .int(replays), "minimal": .string(minimal.rawValue),
      "cycle": .array(cycle.map { .int($0) }),
    ]
  }

  init?(_ json: JSON) {
    guard let kind = json["kind"]?.word.flatMap(ExplorationFailure.Kind.init),
      let tasks = json["tasks"]?.numbers, let names = json["names"]?.words,
      let text = json["text"]?.word, let run = json["run"]?.number,
      let schedule = json["schedule"]?.word.flatMap({ try? Schedule(parsing: $0) }),
      let size = json["size"].flatMap(ExplorationFailure.Size.init(json:)),
      let from = json["from"].flatMap(ExplorationFailure.Size.init(json:)),
      let replays = json["replays"]?.number,
      let minimal = json["minimal"]?.word.flatMap(ExplorationFailure.Minimality.init),
      let cycle = json["cycle"]?.numbers
    else { return nil }
    self.kind = kind
    self.tasks = tasks
    self.names = names
    self.text = text
    self.run = run
    self.schedule = schedule
    self.size = size
    self.from = from
    self.replays = replays
    self.minimal = minimal
    self.cycle = cycle
  }
}

extension ExplorationFailure.Size {
  /// The three numbers.
  var json: JSON { .array([.int(preemptions), .int(switches), .int(steps)]) }

  init?(json: JSON) {
    guard let numbers = json.numbers, numbers.count == 3 else { return nil }
    self.init(preemptions: numbers[0], switches: numbers[1], steps: numbers[2])
  }
}
