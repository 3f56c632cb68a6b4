import CorosKernel
import CorosTestSupport
import Testing

@Suite struct EventLogTests {
  private func busy(_ observers: [any Observer]) throws {
    let scheduler = Scheduler()
    for observer in observers { scheduler.add(observer) }
    try scheduler.createTask { os in
      let child = try await os.newTask("child") { os in
        try await os.write("hello")
        try await os.sleep(10)
      }
      try await os.stopTask(child)
      try await os.continueTask(child)
      try await os.waitTask(child)
    }
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `an observer may change its interests after an event`() throws {
    let listener = Curious()
    let scheduler = Scheduler()
    scheduler.add(listener)
    try scheduler.createTask { os in
      _ = try await os.getTid()
      try await os.write("now")
      _ = try await os.getTime()
    }
    #expect(run(scheduler) == .allFinished)
    #expect(listener.heard.map(\.kind) == [.output, .calls, .calls, .calls])
    #expect(listener.heard.first == .wrote("now") && listener.heard.last == .replied(.value("2")))
  }

  /// Listens to output, and from the first line on to calls, too.
  private final class Curious: Observer {
    private(set) var interests: Event.Kinds = .output
    private(set) var heard: [Event.Action] = []

    func observe(_ event: Event) {
      heard.append(event.action)
      interests.insert(.calls)
    }
  }

  @Test func `dispatches can be taken in without events, and are the same`() throws {
    let (log, brief) = (EventLog(), Brief())
    let late = Brief()
    let scheduler = Scheduler()
    scheduler.add(log)
    scheduler.add(brief)
    for _ in 1...2 {
      try scheduler.createTask { os in
        try await os.write("a word")
        try await os.yield()
      }
    }
    for _ in 1...3 { scheduler.step() }
    scheduler.add(late)
    scheduler.remove(brief)
    #expect(run(scheduler) == .allFinished)
    let dispatches = log.events.filter { $0.action == .dispatched }.map(Brief.line)
    #expect(dispatches.count == 6)
    #expect(brief.lines == Array(dispatches.prefix(3)))
    #expect(late.lines == Array(dispatches.suffix(3)))
    #expect(brief.others == ["wrote", "wrote"] && late.others == [])
  }

  /// Takes dispatches in by themselves.
  private final class Brief: Observer {
    let interests: Event.Kinds = [.dispatches, .output]
    private(set) var lines: [String] = []
    private(set) var others: [String] = []

    static func line(_ event: Event) -> String { "\(event.number) \(event.tick) \(event.task)" }

    func observe(_ event: Event) {
      if case .wrote = event.action { others.append("wrote") } else { others.append("more") }
    }

    func observeDispatch(of task: TaskID, at tick: Tick, number: Int) {
      lines.append("\(number) \(tick) \(task)")
    }
  }

  @Test(arguments: [
    Event.Kinds.lives, .dispatches, .calls, .waits, .output, .stops, .clock, [.lives, .clock],
    .all, [],
  ])
  func `an observer receives exactly the kinds it wants`(
    kinds: Event.Kinds
  ) throws {
    let (all, some) = (EventLog(), EventLog(kinds))
    try busy([all, some])
    let expected = all.events.filter { kinds.contains($0.action.kind) }
    #expect(some.events == expected)
    #expect(some.events.isEmpty == kinds.isEmpty)
  }

  @Test func `events are numbered from 1 without a gap`() throws {
    let log = EventLog()
    try busy([log])
    #expect(log.events.map(\.number) == Array(1...log.events.count))
  }

  @Test func `a full log drops the oldest events`() throws {
    let (all, last) = (EventLog(), EventLog(limit: 7))
    try busy([all, last])
    #expect(last.events == all.events.suffix(7))
    #expect(last.dropped == all.events.count - 7)
    last.removeAll()
    #expect(last.events == [])
    #expect(last.dropped == 0)
    for event in all.events.prefix(9) { last.observe(event) }
    #expect(last.events == all.events.prefix(9).suffix(7))
  }

  @Test func `a log with a limit for texts keeps the beginning of each`() throws {
    let scheduler = Scheduler()
    let (whole, cut) = (EventLog(.output), EventLog(.output, textLimit: 7))
    scheduler.add(whole)
    scheduler.add(cut)
    let texts = ["", "short", "seven b", "eight by", "ééééé", "👍👍👍"]
    try scheduler.createTask { os in for text in texts { try await os.write(text) } }
    #expect(run(scheduler) == .allFinished)
    #expect(whole.events.map(\.action) == texts.map { .wrote($0) })
    #expect(
      cut.events.map(\.action)
        == ["", "short", "seven b", "eight b…", "ééé…", "👍…"].map { .wrote($0) }
    )
    #expect(cut.events.map(\.number) == whole.events.map(\.number))
  }

  @Test func `a log keeps at least one event`() throws {
    let log = EventLog(limit: -3)
    try busy([log])
    #expect(log.events.count == 1)
  }

  @Test func `a removed observer receives nothing more`() throws {
    let scheduler = Scheduler()
    let (stays, goes) = (EventLog(), EventLog())
    scheduler.add(stays)
    scheduler.add(goes)
    try scheduler.createTask { _ in }
    scheduler.remove(goes)
    scheduler.step()
    #expect(goes.events.count == 1)
    #expect(stays.events.count == 3)
  }

  @Test func `observers are called in the order in which they were added`() throws {
    final class Echo: Observer {
      let name: String
      let notes: Notes
      let interests = Event.Kinds.output
      init(_ name: String, _ notes: Notes) { (self.name, self.notes) = (name, notes) }
      func observe(_ event: Event) { notes.add(name) }
    }
    let notes = Notes()
    try busy([Echo("first", notes), Echo("second", notes)])
    #expect(notes.lines == ["first", "second"])
  }
}
