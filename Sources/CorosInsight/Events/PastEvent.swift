package import CorosKernel
import CorosLanguage

/// Something that happened in the past, in the words of a listing.
package struct PastEvent {
  package let tick: Tick
  package let task: TaskID
  package let kind: String
  /// The system call, for the events of calls.
  package let call: String?
  /// Who did it to the task; 0 is the operator.
  package let by: TaskID?
  /// The object that it is about.
  package let object: String?
  /// More about it; may be empty.
  package let detail: String

  /// An event of the kernel.
  init(_ event: Event) {
    tick = event.tick
    task = event.task
    kind = event.action.kindWord
    call = event.action.call?.name
    by = event.action.actor
    object = event.action.object
    detail = EventWords.line(event).detail
  }

  /// The CPU was taken from a task.
  init(preempted task: TaskID, by winner: TaskID, at tick: Tick) {
    self.tick = tick
    self.task = task
    kind = EventKind.preempted.word
    call = nil
    by = winner
    object = nil
    detail = "by task \(winner)"
  }

  /// What events can be counted by.
  package enum Field: String, CaseIterable, Sendable {
    case task, kind, call, by, object, tick, detail

    /// The field that a word stands for.
    package static func named(_ word: String) -> Field? {
      switch word.lowercased() {
      case "tid": .task
      case "who": .by
      case "lock": .object
      case "text", "what": .detail
      default: Field(rawValue: word.lowercased())
      }
    }
  }

  /// The value of a field as text; `-` for none.
  package func value(of field: Field) -> String {
    switch field {
    case .task: task.description
    case .kind: kind
    case .call: call ?? "-"
    case .by: by?.description ?? "-"
    case .object: object ?? "-"
    case .tick: String(tick)
    case .detail: detail.isEmpty ? "-" : detail
    }
  }
}

extension Event.Action {
  /// The system call that it is about.
  var call: CallSummary? {
    switch self {
    case .trapped(let call), .resisted(let call): call
    default: nil
    }
  }

  /// Who did it to the task.
  var actor: TaskID? {
    switch self {
    case .spawned(_, let parent): parent
    case .stopped(let by), .continued(let by), .killed(let by), .cancelled(let by, _): by
    case .acquired(_, let last): last
    case .abandoned(_, let last): last
    default: nil
    }
  }

  /// The object that it is about.
  var object: String? {
    switch self {
    case .acquired(let place, _), .released(let place), .abandoned(let place, _): place.name
    case .blocked(.object(let place), _): place.name
    default: nil
    }
  }
}
