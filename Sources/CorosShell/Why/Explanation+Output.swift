import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

// An explanation as it is shown.

extension Explanation {
  /// A line for each sentence.
  var text: String { sentences.map { $0 + "\n" }.joined() }

  var json: JSON {
    [
      "command": "why",
      "tid": .int(task.tid.rawValue),
      "state": .string(task.state.word),
      "why": .array(sentences.map { .string($0) }),
      "policy": .string(policy),
      "rule": .string(rule),
      "merit": .string(own.merit),
      "ahead": .array(ahead.map(\.json)),
      "since": .int(since),
      "instead": .array(
        instead.map { ["tid": .int($0.tid.rawValue), "ticks": .int($0.ticks)] }
      ),
      "chain": .array(chain.map(Self.json)),
      "circle": .array(circle.map { .int($0.rawValue) }),
      "status": TaskWords.json(TaskWords.status(of: task)),
      "killed": deed.map { ["by": .int($0.by.rawValue), "tick": .int($0.tick)] } ?? nil,
      "last_call": lastCall.map {
        [
          "call": .string($0.summary.name), "arguments": .string($0.summary.arguments),
          "tick": .int($0.tick),
        ]
      } ?? nil,
      "beside": .array(beside.map { .int($0.rawValue) }),
      "preempted": .int(preempted?.rawValue),
    ]
  }

  private static func json(_ link: TaskInfo) -> JSON {
    [
      "tid": .int(link.tid.rawValue), "state": .string(link.state.word),
      "waiting_for": .string(TaskWords.reason(of: link)?.description),
      "since": .int(link.waitingSince), "until": .int(link.deadline),
    ]
  }
}
