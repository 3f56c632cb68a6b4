import CorosKernel

// What the shell shows of tasks at work, as text.

extension Shell {
  /// Shows a line of a task's output, with the task's id before it.
  func show(output text: String, of task: TaskID) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      output.writeLine(style.paint("[\(task)] ", .faint) + line)
    }
  }

  /// Tells that a task has ended by an error of its own.
  func showFailure(_ message: String, of task: TaskID) {
    output.writeError("task \(task)\(inParentheses(task)) failed: \(message)\n")
  }

  func showGivenUp(after count: Int, _ task: TaskID) {
    output.writeError(
      "task \(task)\(inParentheses(task)) refused to end \(count) times, and was cut off\n"
    )
  }

  private func inParentheses(_ task: TaskID) -> String {
    let name = name(of: task)
    return name.isEmpty ? "" : " (\(name))"
  }

  func name(of task: TaskID) -> String {
    scheduler.info(task).map { excerpt(of: $0.name) } ?? ""
  }

  /// Tells what happened in a step, or on an order of the operator's.
  func narrate(_ events: [Event]) {
    var rest = events[...]
    while let event = rest.popFirst() {
      switch event.action {
      case .dispatched:
        let step = rest.prefix { if case .dispatched = $0.action { false } else { true } }
        rest = rest.dropFirst(step.count)
        narrate(step: Array(step), of: event)
      default:
        narrate(consequence: event)
      }
    }
  }

  private func narrate(step events: [Event], of dispatch: Event) {
    let task = dispatch.task
    var sentence = "runs to its end"
    var after: [Event] = []
    for event in events {
      switch event.action {
      case .trapped(let call) where event.task == task:
        sentence = EventWords.call(call)
      case .replied, .refused, .blocked:
        if event.task == task, let answer = EventWords.answer(event.action) {
          sentence += (answer.hasPrefix("and ") || answer.hasPrefix("until ") ? " " : ": ") + answer
        }
      default:
        after.append(event)
      }
    }
    let tick = style.paint("tick \(dispatch.tick)", .faint)
    let who = style.paint("task \(task)", .heading) + inParentheses(task)
    output.writeLine("\(tick)  \(who) \(sentence)")
    for event in after { narrate(consequence: event) }
  }

  private func narrate(consequence event: Event) {
    if case .wrote(let text) = event.action { return show(output: text, of: event.task) }
    guard event.task != .operator || event.action.kind == .clock,
      let sentence = EventWords.consequence(event, name: name(of: event.task))
    else { return }
    output.writeLine(style.paint("      · ", .faint) + sentence)
  }

  /// Says who runs next, and who after that.
  func showNext() {
    let queue = scheduler.readyQueue
    guard let next = scheduler.sliceHolder?.tid ?? queue.first else { return }
    var text = "next: task \(next)\(inParentheses(next))"
    let shown = 12
    let others = queue.filter { $0 != next }
    if !others.isEmpty {
      text += ", then " + others.prefix(shown).map(\.description).joined(separator: " ")
      if others.count > shown { text += " and \(others.count - shown) more" }
    }
    output.writeLine(style.paint(text, .faint))
  }
}
