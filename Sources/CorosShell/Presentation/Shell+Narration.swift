import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

// What the shell shows of tasks at work, as text.

extension Shell {
  /// Tells what happened in a step, or on an order of the operator's.
  func narrate(_ events: [Event]) {
    for entry in narration.entries(of: events) {
      let head = Self.head(ofTick: entry.tick)
      switch entry.what {
      case .output(let text): show(output: text, of: entry.task, at: entry.tick)
      case .step(let sentence):
        let who = style.paint("task \(entry.task)", .heading) + inParentheses(entry.task)
        output.writeLine("\(style.paint(head, .faint))  \(who) \(sentence)")
      case .consequence(let sentence):
        let indent = String(repeating: " ", count: head.count)
        output.writeLine(style.paint(indent + "· ", .faint) + sentence)
      }
    }
  }

  /// Events in words, with the names that tasks have here.
  var narration: Narration {
    Narration(name: name) { [scheduler] task in
      if case .new(let arrival)? = scheduler.info(task)?.state { arrival } else { nil }
    }
  }

  /// The tick that a line begins with, so wide that what follows lines up.
  private static func head(ofTick tick: Tick) -> String {
    let number = String(tick)
    return "tick " + String(repeating: " ", count: max(0, 3 - number.count)) + number
  }

  /// Says who runs next, and who after that.
  func showNext() {
    let queue = scheduler.readyQueue
    let hasFuture = nextTask(queue) != nil && machine.ahead > 0
    let text = whoIsNext(queue) + (hasFuture ? "; \(future)" : "")
    output.writeLine(style.paint(text, .faint))
  }

  /// The task that has the next tick; nil when nobody does, or nobody yet.
  func nextTask(_ queue: [TaskID]) -> TaskID? {
    scheduler.isUndecided || scheduler.awaitedTask != nil
      ? nil : scheduler.sliceHolder?.tid ?? queue.first
  }

  /// Who runs next, and who after that, in words.
  func whoIsNext(_ queue: [TaskID]) -> String {
    if scheduler.isUndecided {
      return "next: whom you pick, of \(TaskWords.listed(queue, \.description))"
    }
    if let awaited = scheduler.awaitedTask {
      return "next: nobody, the CPU idles for task \(awaited)\(inParentheses(awaited))"
    }
    guard let next = nextTask(queue) else { return nobodyNext }
    var text = "next: task \(next)\(inParentheses(next))"
    let shown = 12
    let others = queue.prefix(shown + 2).filter { $0 != next }
    let count = queue.count - (queue.first == next ? 1 : 0)
    if count > 0 {
      text += ", then " + others.prefix(shown).map(\.description).joined(separator: " ")
      if count > shown { text += " and \(count - shown) more" }
    }
    return text
  }

  private var nobodyNext: String {
    if scheduler.liveTaskCount == 0 {
      return scheduler.endedTaskCount == 0
        ? "next: nobody, there are no tasks" : "next: nobody, all have ended"
    }
    return scheduler.nextDeadline.map { "next: nobody is ready, the clock will jump to tick \($0)" }
      ?? "next: nobody is ready"
  }
}
