import CorosKernel

// What the shell shows of tasks at work, as text.

extension Shell {
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
    var call: CallSummary?
    var after: [Event] = []
    for event in events {
      switch event.action {
      case .trapped(let summary) where event.task == task:
        call = summary
        sentence = EventWords.sentence(summary, nil)
      case .replied, .refused, .blocked:
        // Only the first answers this step's call: what was waited for may come in the same step.
        guard event.task == task, let summary = call else { continue }
        sentence = EventWords.sentence(summary, event.action)
        call = nil
      case .escaped where event.task == task:
        sentence = "awaits something outside the kernel"
      case .exited(.failed) where event.task == task && sentence == "runs to its end":
        sentence = "fails with an error that nobody catches"
        after.append(event)
      default:
        after.append(event)
      }
    }
    let head = Self.head(ofTick: dispatch.tick)
    let who = style.paint("task \(task)", .heading) + inParentheses(task)
    output.writeLine("\(style.paint(head, .faint))  \(who) \(sentence)")
    for event in after { narrate(consequence: event) }
  }

  /// The tick that a line begins with, so wide that what follows lines up.
  private static func head(ofTick tick: Tick) -> String {
    let number = String(tick)
    return "tick " + String(repeating: " ", count: max(0, 3 - number.count)) + number
  }

  private func narrate(consequence event: Event) {
    if case .wrote(let text) = event.action {
      return show(output: text, of: event.task, at: event.tick)
    }
    guard event.task != .operator || event.action.kind == .clock,
      var sentence = EventWords.consequence(event, name: name(of: event.task))
    else { return }
    if case .spawned(let name, _) = event.action,
      case .new(let arrival)? = scheduler.info(event.task)?.state
    {
      sentence = "task \(event.task) (\(name)) is created, and arrives at tick \(arrival)"
    }
    let indent = String(repeating: " ", count: Self.head(ofTick: event.tick).count)
    output.writeLine(style.paint(indent + "· ", .faint) + sentence)
  }

  /// Says who runs next, and who after that.
  func showNext() {
    let queue = scheduler.readyQueue
    if scheduler.isUndecided {
      let who = listed(queue, \.description)
      return output.writeLine(style.paint("next: whom you pick, of \(who)", .faint))
    }
    if let awaited = scheduler.awaitedTask {
      let text = "next: nobody, the CPU idles for task \(awaited)\(inParentheses(awaited))"
      return output.writeLine(style.paint(text, .faint))
    }
    guard let next = scheduler.sliceHolder?.tid ?? queue.first else {
      return output.writeLine(style.paint(nobodyNext, .faint))
    }
    var text = "next: task \(next)\(inParentheses(next))"
    let shown = 12
    let others = queue.filter { $0 != next }
    if !others.isEmpty {
      text += ", then " + others.prefix(shown).map(\.description).joined(separator: " ")
      if others.count > shown { text += " and \(others.count - shown) more" }
    }
    if machine.ahead > 0 { text += "; \(future)" }
    output.writeLine(style.paint(text, .faint))
  }

  private var nobodyNext: String {
    if scheduler.liveTaskCount == 0 { return "next: nobody, all have ended" }
    return scheduler.nextDeadline.map { "next: nobody is ready, the clock will jump to tick \($0)" }
      ?? "next: nobody is ready"
  }
}
