import CorosKernel
package import CorosLanguage

extension Event {
  /// The event as a line of an export.
  ///
  /// The schema is in CorosShell.docc/Exports.md.
  package var json: JSON {
    .object(
      [
        ("event", .int(number)), ("tick", .int(tick)), ("tid", .int(task.rawValue)),
        ("kind", .string(action.kindWord)),
      ] + action.members
    )
  }
}

extension Event.Action {
  /// The word for what happened, in exports and queries.
  package var kindWord: String {
    switch self {
    case .spawned: "spawned"
    case .arrived: "arrived"
    case .dispatched: "dispatched"
    case .trapped: "trapped"
    case .replied: "replied"
    case .refused: "refused"
    case .blocked: "blocked"
    case .woke: "woke"
    case .wrote: "wrote"
    case .noted: "noted"
    case .stopped: "stopped"
    case .continued: "continued"
    case .killed: "killed"
    case .resisted: "resisted"
    case .gaveUp: "gave up"
    case .escaped: "escaped"
    case .exited: "exited"
    case .switching: "switching"
    case .clockJumped: "clock jumped"
    case .cancelled: "cancelled"
    case .acquired: "acquired"
    case .released: "released"
    case .abandoned: "abandoned"
    case .touched: "touched"
    case .detail: "detail"
    }
  }

  fileprivate var members: [(String, JSON)] {
    switch self {
    case .spawned(let name, let parent):
      [("name", .string(name)), ("parent", .int(parent.rawValue))]
    case .trapped(let call), .resisted(let call):
      [("call", .string(call.name)), ("arguments", .string(call.arguments))]
        + (call.line.map { [("line", .int($0))] } ?? [])
    case .replied(let reply): [("reply", .string(reply.description))]
    case .refused(let error): [("error", .string(error))]
    case .blocked(let reason, let deadline): reason.members + [("until", .int(deadline))]
    case .woke(let reason): [("because", .string(reason))]
    case .wrote(let text): [("text", .string(text))]
    case .noted(let note): [("note", .string(note.description))]
    case .stopped(let task), .continued(let task), .killed(let task):
      [("by", .int(task.rawValue))]
    case .gaveUp(let count): [("refusals", .int(count))]
    case .exited(let status): [("status", status.json)]
    case .switching(let tick): [("until", .int(tick))]
    case .clockJumped(let tick): [("from", .int(tick))]
    case .cancelled(let canceller, let reason):
      [("by", .int(canceller.rawValue)), ("reason", .string(reason))]
    case .acquired(let place, let last):
      [("object", .string(place.name)), ("abandoned_by", .int(last?.rawValue))]
    case .released(let place): [("object", .string(place.name))]
    case .abandoned(let place, let last):
      [("object", .string(place.name)), ("by", .int(last.rawValue))]
    case .arrived, .dispatched, .escaped, .touched, .detail: []
    }
  }
}

extension ExitStatus {
  fileprivate var json: JSON {
    switch self {
    case .exited(let code): ["exited": .int(code)]
    case .killed: ["killed": true]
    case .cancelled(let canceller, let reason):
      ["cancelled": .string(reason), "by": .int(canceller.rawValue)]
    case .failed(let message): ["failed": .string(message)]
    }
  }
}

extension WaitReason {
  fileprivate var members: [(String, JSON)] {
    switch self {
    case .task(let target): [("on", "task"), ("target", .int(target.rawValue))]
    case .anyChild: [("on", "child")]
    case .time: [("on", "time")]
    case .io: [("on", "I/O")]
    case .arrival: [("on", "arrival")]
    case .channel(let channel): [("on", "channel"), ("channel", .string(channel.name))]
    case .object(let place): [("on", "object"), ("object", .string(place.name))]
    case .anyOf(let places):
      [("on", "objects"), ("objects", .array(places.map { .string($0.name) }))]
    case .outside: [("on", "outside")]
    }
  }
}
