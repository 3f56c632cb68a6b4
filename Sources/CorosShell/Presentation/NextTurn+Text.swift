import CorosKernel
import CorosSession

extension NextTurn {
  /// Which task runs next, and which after it, in words.
  package var sentence: String {
    switch holder {
    case .task(let task, nil): "next: task \(task.text)" + others
    case .task(let task, let tick?):
      "next: the clock jumps to tick \(tick), then task \(task.text)" + others
    case .preemption(let task): "next, by preemption: task \(task.text)" + others
    case .pick: "next: the task you pick, of " + listed(queue.count, separator: ", ")
    case .reserved(let task): "next: none, the CPU idles for task \(task.text)"
    case .noneReady: "next: none, no task is ready"
    case .allEnded: "next: none, all tasks have ended"
    case .noTasks: "next: none, there are no tasks"
    }
  }

  private var others: String {
    queueCount == 0 ? "" : ", then " + listed(Self.mostNamed, separator: " ")
  }

  /// The same, with the length of the recorded future.
  package var sentenceWithFuture: String {
    guard task != nil, ahead > 0 else { return sentence }
    return "\(sentence); \(TravelWords.future(ahead))"
  }

  /// The maximum number of listed tasks after the next one.
  private static let mostNamed = 12

  private func listed(_ most: Int, separator: String) -> String {
    let shown = queue.prefix(most)
    let text = shown.map(\.description).joined(separator: separator)
    return text + (queueCount > shown.count ? " and \(queueCount - shown.count) more" : "")
  }
}
