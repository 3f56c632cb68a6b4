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
      "what the rule goes by in this task, null if that is its place in the queue",
      \.own.merit
    ),
    .objects("ahead", "the tasks that go before it, if it is ready", \.ahead),
    .numberOrNull("since", "since which tick it is as it is", \.since),
    .objects("instead", "the tasks that have run since it became ready", \.instead),
    .objects("chain", "the tasks that wait for each other, itself first") {
      $0.chain.map(Link.init)
    },
    .tasks("circle", "the tasks of the chain that wait for each other in a circle", \.circle),
    .status { TaskWords.status(of: $0.task) },
    .objectOrNull("killed", "how it was killed, if it was", \.deed),
    .objectOrNull("last_call", "the last thing that it asked the kernel for", \.lastCall),
    .tasks(
      "beside",
      "the tasks that could have been chosen in its last step, where that is explained",
      \.beside
    ),
    .numberOrNull(
      "preempted",
      "the task that lost the CPU to it in that step, in the middle of its turn",
      \.preempted?.rawValue
    ),
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
      .numberOrNull("since", "since which tick it waits", \.task.waitingSince),
      .numberOrNull("until", "the tick at which that is over at the latest", \.task.deadline),
    ]
  }
}

extension Explanation.Rank: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .textOrNull("merit", "what the rule goes by in it", \.merit),
  ]
}

extension Explanation.Turns: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.tid.rawValue),
    .number("ticks", "for how many ticks it ran", \.ticks),
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
    .text("arguments", "what it asked for, in words; may be empty", \.summary.arguments),
    .number("tick", "when", \.tick),
  ]
}
