package import CorosInsight
import CorosKernel

extension Explanation: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.task.tid.rawValue),
    .state(\.task.state),
    .texts("why", "the answer, in sentences", \.sentences),
    .text("policy", "the policy, with its settings", \.policy),
    .text("rule", "the rule by which it chooses", \.rule),
    .textOrNull(
      "merit",
      "the value that the rule compares, null if the rule goes by the order of the queue",
      \.own.sortKey
    ),
    .objects("ahead", "the tasks that go before it, if it is ready", \.ahead),
    .numberOrNull("since", "the tick since which it is in this state", \.since),
    .objects("instead", "the tasks that have run since it became ready", \.instead),
    .objects("chain", "the tasks that wait for each other, itself first") {
      $0.chain.map(Link.init)
    },
    .tasks("circle", "the tasks of the chain that wait for each other in a circle", \.circle),
    .status { $0.task.status },
    .objectOrNull("killed", "how it was killed, if it was", \.deed),
    .numberOrNull(
      "resisted",
      "how many calls of its own it made before it ended, if it was killed",
      \.resisted
    ),
    .objectOrNull("last_call", "its last system call", \.lastCall),
    .tasks(
      "beside",
      "the tasks that could have been chosen in its last step, if that step is explained",
      \.beside
    ),
    .numberOrNull(
      "preempted",
      "the task that it preempted in that step",
      \.preempted?.rawValue
    ),
    .numberOrNull("line", "the line of its text at which it stands, if it has one", \.line),
    .textOrNull("condition", "the condition that it waits for, as its text says it", \.condition),
    .objects("help", "which tasks do, further on, what it waits for", \.help),
  ]

  /// A task of a chain.
  private struct Link: ResultObject {
    let task: TaskInfo

    static let fields: [ResultField<Self>] = [
      .number("tid", "the task", \.task.tid.rawValue),
      .state(\.task.state),
      .textOrNull("waiting_for", TaskWords.reasons) {
        TaskWords.reason(of: $0.task)?.description
      },
      .numberOrNull("since", "the tick since which it waits", \.task.waitingSince),
      .numberOrNull("until", "the tick at which the wait ends at the latest", \.task.deadline),
    ]
  }
}

extension Explanation.Rank: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .textOrNull("merit", "the value that the rule compares", \.sortKey),
  ]
}

extension Explanation.Turns: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .number("ticks", "the number of ticks it ran", \.ticks),
  ]
}

extension Inquiry.Facts.Deed: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("by", "the task that killed it; 0 is the operator", \.by.rawValue),
    .number("tick", "when", \.tick),
  ]
}

extension Inquiry.Facts.Call: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .text("call", "the system call", \.summary.name),
    .text("arguments", "its arguments, in words; may be empty", \.summary.arguments),
    .number("tick", "when", \.tick),
  ]
}

extension Explanation.Help: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .number("line", "the line of its text", \.relief.line),
    .text("deed", "what it does there", \.relief.deed),
    .truth("certain", "whether neither a condition nor a wait stands before that", \.isCertain),
    .truth("through", "whether it only makes a task that may do so", \.relief.isByOthers),
  ]
}
