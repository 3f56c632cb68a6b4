import CorosInsight
import CorosKernel

// The text that the shell shows about running tasks.

extension Shell {
  /// Describes what happened in a step, or by an order of the operator.
  func narrate(_ events: [Event]) {
    for entry in narration.entries(of: events) {
      let head = Self.head(ofTick: entry.tick)
      switch entry.what {
      case .output(let text): show(output: text, of: entry.task, at: entry.tick)
      case .step(let sentence):
        let who = style.paint("task \(entry.task)", .heading) + inParentheses(entry.task)
        output.writeLine("\(style.paint(head, .faint))  \(who) \(sentence)")
      case .happening(let sentence):
        output.writeLine("\(style.paint(head, .faint))  \(sentence)")
      case .consequence(let sentence):
        let indent = String(repeating: " ", count: head.count)
        output.writeLine(style.paint(indent + "· ", .faint) + sentence)
      }
    }
  }

  /// Events in words, with the names of the tasks.
  var narration: Narration {
    Narration(name: name) { [scheduler] task in
      if case .new(let arrival)? = scheduler.info(task)?.state { arrival } else { nil }
    }
  }

  /// The tick at the beginning of a line, padded so that the rest aligns.
  private static func head(ofTick tick: Tick) -> String {
    let number = String(tick)
    return "tick " + String(repeating: " ", count: max(0, 3 - number.count)) + number
  }
}
