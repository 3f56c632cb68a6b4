import CorosKernel

/// A kind of events that a person can ask for, by the word that exports have for it.
package struct EventKind: Hashable, Sendable {
  package let word: String
  let kinds: Event.Kinds

  /// All kinds.
  package static let all: [EventKind] = [
    .init("spawned", .lives), .init("arrived", .lives), .init("dispatched", .dispatches),
    calls, .init("replied", .calls), .init("refused", .calls),
    .init("blocked", .waits), .init("woke", .waits), output,
    .init("noted", .notes),
    .init("stopped", .stops), .init("continued", .stops), .init("cancelled", .stops),
    .init("killed", .lives), .init("resisted", .lives), .init("gave up", .lives),
    .init("escaped", .lives), .init("exited", .lives), .init("switching", .clock),
    .init("clock jumped", .clock), .init("acquired", .sharing), .init("released", .sharing),
    .init("abandoned", .sharing), preempted,
  ]

  /// All system calls.
  package static let calls = EventKind("trapped", .calls)

  /// What tasks have written.
  package static let output = EventKind("wrote", .output)

  /// The CPU was taken from a task that could have gone on: no event of the kernel, but found between two.
  package static let preempted = EventKind("preempted", .dispatches)

  /// Other words for kinds.
  private static let synonyms = [
    "call": "trapped", "calls": "trapped", "ran": "dispatched", "run": "dispatched",
    "ended": "exited", "created": "spawned", "output": "wrote", "jumped": "clock jumped",
    "gave-up": "gave up", "clock-jumped": "clock jumped", "waits": "blocked",
  ]

  private init(_ word: String, _ kinds: Event.Kinds) {
    self.word = word
    self.kinds = kinds
  }

  /// The kind that a word stands for, in any case.
  package static func named(_ word: String) -> EventKind? {
    let word = word.lowercased()
    let name = synonyms[word] ?? word
    return all.first { $0.word == name }
  }
}
