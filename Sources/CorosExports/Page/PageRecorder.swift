import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

/// Writes the rows of a page while a run is replayed: one a moment.
final class PageRecorder: Observer {
  let interests: Event.Kinds = Event.Kinds.all.union(.details)

  /// The rows as JSON, with commas between.
  private(set) var rows = ""
  private(set) var count = 0
  /// The task that had run last before the first row.
  private(set) var firstRunner: TaskID?
  var phrases = PhraseTable()
  /// The names of tasks, and of what they share.
  var texts = TextTable()
  private(set) var policies: [[String]] = []
  private(set) var programs: [[String]] = []
  /// How often it has been explained what a task waits for.
  var explanations = 0

  let past = KnownPast()
  let timeline = TimelineRecorder(limit: 100_000)
  var model = PageModel()
  /// What has happened since the moment before.
  private var events: [Event] = []
  /// How many of these events there were before what is due at the moment.
  private var ownEvents = 0
  /// What was due at the moment before: it is told with the step that followed, as `step` tells it.
  private var due: [Event] = []
  /// The choice at the moment.
  private var choice: NextChoice?
  /// What has happened, in words.
  private var narration: [Narration.Entry] = []
  /// The task that had the CPU at the moment before.
  private var holder: TaskID?
  private let start: Int
  private var moment = 0

  /// Makes a recorder.
  ///
  /// - Parameter start: The first moment that gets a row.
  init(from start: Int) { self.start = start }

  /// How many bytes the page will need for what has been recorded.
  var size: Int { rows.utf8.count + phrases.size + texts.size }

  func observe(_ event: Event) {
    past.note(event)
    if timeline.interests.contains(event.action.kind) { timeline.observe(event) }
    events.append(event)
  }

  /// Looks at a moment before anything happens that is due at its tick.
  func prepare(_ scheduler: Scheduler) {
    let choice = scheduler.nextChoice
    let task = events.first { $0.action == .dispatched }?.task
    past.note(stepOf: task, choice, scheduler)
    self.choice = choice
    ownEvents = events.count
  }

  /// Adds the row of a moment, at which all has happened that is due at its tick.
  func add(_ scheduler: Scheduler) {
    defer {
      due = Array(events[ownEvents...])
      events.removeAll(keepingCapacity: true)
      moment += 1
    }
    let task = events.first { $0.action == .dispatched }?.task
    guard let choice else { return }
    guard moment >= start else { return }
    let isFirst = moment == start
    let touched =
      isFirst ? scheduler.tasks(includingEnded: true).map(\.tid) : touchedTasks(scheduler)
    let ticks = scheduler.now - model.tick
    narration = isFirst && start > 0 ? [] : entries(scheduler)
    model.advance(to: scheduler.now, isFirst ? nil : task)
    if isFirst {
      firstRunner = scheduler.lastDispatched
      model.last = firstRunner
    }
    var row = PageRow(
      ticks: ticks,
      task: isFirst ? 0 : task?.rawValue ?? 0,
      deed: isFirst ? .none : deed()
    )
    tell(&row)
    note(policyOf: scheduler, &row)
    for tid in touched { note(tid, scheduler, &row) }
    note(choice, scheduler, &row)
    note(scheduler.objects, &row)
    explain(touched, scheduler, &row)
    rows += (count == 0 ? "" : ",") + row.text
    count += 1
  }

  /// The tasks that may have changed: those of the events, and those that may have lost the CPU.
  private func touchedTasks(_ scheduler: Scheduler) -> [TaskID] {
    var tasks = Set(events.map(\.task))
    // A task that you pick has the CPU before it has run, and no event tells of that.
    let now = scheduler.sliceHolder?.tid
    for task in [model.last, model.queue.first, holder, now] {
      if let task { tasks.insert(task) }
    }
    holder = now
    tasks.remove(.operator)
    return tasks.sorted()
  }

  // MARK: What happened

  private func entries(_ scheduler: Scheduler) -> [Narration.Entry] {
    let narration = Narration(name: { TaskWords.name(of: $0, scheduler) }) { task in
      if case .new(let arrival)? = scheduler.info(task)?.state { arrival } else { nil }
    }
    return narration.entries(of: due + events[..<ownEvents])
  }

  private func deed() -> Phrase {
    for entry in narration {
      guard case .step(let sentence) = entry.what else { continue }
      model.lastDeed = Self.unplaced(sentence)
      var meanings = PhraseTable.Meanings(task: entry.task.rawValue)
      for event in events where event.task == entry.task {
        if case .wrote(let text) = event.action { meanings.parts = [(text, .output)] }
      }
      return phrases.phrase(sentence, meanings)
    }
    return .none
  }

  /// A sentence without the line of the text: `reads n`.
  static func unplaced(_ sentence: String) -> String {
    guard sentence.hasPrefix("line "), let colon = sentence.firstRange(of: ": ") else {
      return sentence
    }
    return String(sentence[colon.upperBound...])
  }

  /// What else happened, and what was written.
  private func tell(_ row: inout PageRow) {
    for entry in narration {
      switch entry.what {
      case .step: break
      case .consequence(let sentence), .happening(let sentence):
        row.add(.note, phrases.phrase(sentence).code)
      case .output(let text):
        row.add(.output, [entry.task.rawValue], phrases.phrase(ofOutput: text).code)
      }
    }
  }

  // MARK: Tasks

  private func note(_ tid: TaskID, _ scheduler: Scheduler, _ row: inout PageRow) {
    guard let task = scheduler.info(tid) else { return }
    let number = tid.rawValue
    if model.states[tid] == nil {
      row.add(.task, [number, texts.number(of: task.name), task.creator.rawValue])
    }
    let state = [Self.number(of: task.state)] + phrases.phrase(TaskWords.remark(on: task)).code
    if model.states.updateValue(state, forKey: tid) != state { row.add(.state, [number] + state) }
    let dispatches = task.accounting.dispatches
    if model.dispatches.updateValue(dispatches, forKey: tid) ?? 0 != dispatches {
      row.add(.dispatches, [number, dispatches])
    }
    note(programOf: tid, scheduler, &row)
  }

  /// The place of a state in ``PageStates/all``.
  private static func number(of state: TaskState) -> Int {
    if case .waiting(.object(let place)) = state, place.isLock { return PageStates.locked }
    return TaskWords.states.firstIndex(of: state.word) ?? 0
  }

  private func note(programOf tid: TaskID, _ scheduler: Scheduler, _ row: inout PageRow) {
    guard let program = scheduler.steppedProgram(of: tid) else { return }
    let text = [program.programName, program.text]
    let number = programs.firstIndex(of: text) ?? programs.count
    if number == programs.count { programs.append(text) }
    let place = [number, program.line ?? 0]
    if model.places.updateValue(place, forKey: tid) != place {
      row.add(.place, [tid.rawValue] + place)
    }
    let variables = program.variables
    let known = model.variables.updateValue(variables, forKey: tid) ?? []
    if known == variables { return }
    guard known.count == variables.count else {
      return row.add(.variables, [tid.rawValue], phrases.code(of: variables.map(phrase(of:))))
    }
    for (index, variable) in variables.enumerated() where known[index] != variable {
      row.add(.variable, [tid.rawValue, index], phrase(of: variable).code)
    }
  }

  private func phrase(of variable: SteppedVariable) -> Phrase {
    phrases.phrase("\(variable.name) = \(variable.value)")
  }

  // MARK: The machine

  private func note(policyOf scheduler: Scheduler, _ row: inout PageRow) {
    let policy = [
      scheduler.policyDescription, scheduler.policyRule, scheduler.policyPreempts ? "1" : "",
    ]
    let number = policies.firstIndex(of: policy) ?? policies.count
    if number == policies.count { policies.append(policy) }
    if model.policy != number {
      model.policy = number
      row.add(.policy, [number])
    }
  }

  private func note(_ objects: [ObjectInfo], _ row: inout PageRow) {
    for object in objects { note(object, &row) }
    guard objects.count < model.objects.count else { return }
    let gone = Set(model.objects.keys).subtracting(objects.map(\.id))
    for object in gone.sorted() {
      model.objects[object] = nil
      row.add(.removed, [object.rawValue])
    }
  }

  private func note(_ object: ObjectInfo, _ row: inout PageRow) {
    let number = object.id.rawValue
    let known = model.objects.updateValue(object, forKey: object.id)
    if known == object { return }
    if known?.name != object.name || known?.kind != object.kind {
      row.add(.object, [number, texts.number(of: object.kind), texts.number(of: object.name)])
    }
    if known?.holders ?? [] != object.holders {
      let holders = object.holders.flatMap { [$0.task.rawValue, $0.since] }
      row.add(.holders, [number, object.holders.count], holders)
    }
    if known?.waiters ?? [] != object.waiters {
      row.add(.waiting, [number, object.waiters.count], object.waiters.map(\.task.rawValue))
    }
    if known?.summary ?? "" != object.summary {
      row.add(.detail, [number], phrases.phrase(excerpt(of: object.summary)).code)
    }
  }

  /// How long the turn lasts that goes on, or why no task is chosen.
  private static func ticksLeft(_ choice: NextChoice, _ scheduler: Scheduler) -> Int {
    if choice.task != nil {
      return choice.ticksLeft.map { $0 == .max ? PageModel.endless : $0 } ?? PageModel.newTurn
    }
    if scheduler.isUndecided { return PageModel.undecided }
    return scheduler.awaitedTask.map { PageModel.awaiting - $0.rawValue } ?? PageModel.noChoice
  }

  /// The ready queue, in the order of the policy, and what the policy sorts by.
  private func note(_ choice: NextChoice, _ scheduler: Scheduler, _ row: inout PageRow) {
    let ticksLeft = Self.ticksLeft(choice, scheduler)
    if model.ticksLeft != ticksLeft {
      model.ticksLeft = ticksLeft
      row.add(.ticksLeft, [PageRow.signed(ticksLeft)])
    }
    let (old, new) = (model.queue, choice.candidates.map(\.task))
    if old != new {
      let head = zip(old, new).prefix { $0 == $1 }.count
      let rest = min(old.count, new.count) - head
      let tail = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
      let added = new[head..<new.count - tail]
      row.add(
        .queue,
        [head, old.count - head - tail, added.count] + added.map(\.rawValue)
      )
      model.queue = new
    }
    for candidate in choice.candidates where model.keyTexts[candidate.task] != candidate.sortKey {
      model.keyTexts[candidate.task] = candidate.sortKey
      row.add(.key, [candidate.task.rawValue], phrases.phrase(candidate.sortKey ?? "").code)
    }
  }
}
