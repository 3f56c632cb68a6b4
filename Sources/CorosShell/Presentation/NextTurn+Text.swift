import CorosKernel
import CorosSession

extension NextTurn {
  /// Who runs next, and who after that, in words.
  var sentence: String {
    switch holder {
    case .pick: "next: whom you pick, of " + listed(queue.count, separator: ", ")
    case .reserved(let task): "next: nobody, the CPU idles for task \(task.text)"
    case .task(let task):
      "next: task \(task.text)"
        + (queueCount == 0 ? "" : ", then " + listed(Self.mostNamed, separator: " "))
    case .noneReady(let tick?): "next: nobody is ready, the clock will jump to tick \(tick)"
    case .noneReady(nil): "next: nobody is ready"
    case .allEnded: "next: nobody, all have ended"
    case .noTasks: "next: nobody, there are no tasks"
    }
  }

  /// The same, and how much recorded future there is to follow.
  var sentenceWithFuture: String {
    guard case .task = holder, ahead > 0 else { return sentence }
    return "\(sentence); \(TravelWords.future(ahead))"
  }

  /// The most tasks that are listed after the one that is next.
  private static let mostNamed = 12

  private func listed(_ most: Int, separator: String) -> String {
    let shown = queue.prefix(most)
    let text = shown.map(\.description).joined(separator: separator)
    return text + (queueCount > shown.count ? " and \(queueCount - shown.count) more" : "")
  }
}
