import CorosKernel

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
      case .happening(let sentence):
        output.writeLine("\(style.paint(head, .faint))  \(sentence)")
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
}
