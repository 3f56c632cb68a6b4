package import CorosKernel
import CorosLanguage

/// Events in words: an entry for each step, and one for each consequence of it.
package struct Narration {
  /// A line of the narration.
  package struct Entry: Equatable {
    package let tick: Tick
    package let task: TaskID
    package let what: What

    package enum What: Equatable {
      /// What the task did in its step: a sentence without its subject.
      case step(String)
      /// A consequence: a whole sentence.
      case consequence(String)
      /// What happened between two steps, or what you did there: a whole sentence.
      case happening(String)
      /// The output of the task.
      case output(String)
    }
  }

  /// The name of a task.
  let name: (TaskID) -> String
  /// The arrival of a task that has not arrived yet.
  let arrival: (TaskID) -> Tick?

  package init(name: @escaping (TaskID) -> String, arrival: @escaping (TaskID) -> Tick?) {
    (self.name, self.arrival) = (name, arrival)
  }

  /// Describes events; the events of a step must be in order, beginning with `dispatched`.
  package func entries(of events: [Event]) -> [Entry] {
    var entries: [Entry] = []
    var rest = events[...]
    while let event = rest.popFirst() {
      guard case .dispatched = event.action else {
        entries += happening(event)
        continue
      }
      // What comes of the step has its tick; what happens before the next one does not.
      let step = rest.prefix {
        if case .dispatched = $0.action { false } else { $0.tick == event.tick }
      }
      rest = rest.dropFirst(step.count)
      entries += self.step(Array(step), of: event)
    }
    return entries
  }

  private func step(_ events: [Event], of dispatch: Event) -> [Entry] {
    let task = dispatch.task
    var sentence: String?
    // The call of the step, and what answers it: put into words once.
    var made: CallSummary?
    var answer: Event.Action?
    var after: [Event] = []
    for event in events {
      switch event.action {
      case .trapped(let summary) where event.task == task:
        made = summary
        answer = nil
        sentence = nil
      case .replied, .refused, .blocked:
        // Only the first one answers the call of this step: the event that the task waited for may come in
        // the same step.
        guard event.task == task, made != nil, answer == nil else { continue }
        answer = event.action
      case .escaped where event.task == task:
        sentence = "awaits something outside the kernel"
      case .exited(.failed) where event.task == task && sentence == nil && made == nil:
        sentence = "fails with an error that it does not catch"
        after.append(event)
      case _ where event.task == task && EventWords.isTold(event, by: made): continue
      default:
        after.append(event)
      }
    }
    let deed = sentence ?? made.map { EventWords.sentence($0, answer) } ?? "runs to its end"
    return [Entry(tick: dispatch.tick, task: task, what: .step(deed))]
      + after.flatMap(consequence)
  }

  private func happening(_ event: Event) -> [Entry] {
    consequence(event).map { entry in
      guard case .consequence(let sentence) = entry.what else { return entry }
      return Entry(tick: entry.tick, task: entry.task, what: .happening(sentence))
    }
  }

  private func consequence(_ event: Event) -> [Entry] {
    if case .wrote(let text) = event.action {
      return [Entry(tick: event.tick, task: event.task, what: .output(text))]
    }
    guard event.task != .operator || event.action.kind == .clock,
      var sentence = EventWords.consequence(event, name: name(event.task))
    else { return [] }
    if case .spawned(let name, _) = event.action, let arrival = arrival(event.task) {
      sentence = "task \(event.task) (\(name)) is created, and arrives at tick \(arrival)"
    }
    return [Entry(tick: event.tick, task: event.task, what: .consequence(sentence))]
  }
}
