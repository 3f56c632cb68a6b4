import CorosKernel
import Testing

@Suite(.timeLimit(.minutes(15))) struct MakeNoteTests {
  private struct Sale: Hashable, Sendable, CustomStringConvertible {
    let price: Int
    var description: String { "sold for \(price)" }
  }

  @Test func `observers get the value, in its place among the events`() throws {
    let scheduler = Scheduler()
    let log = EventLog([.notes, .output])
    scheduler.add(log)
    try scheduler.createTask("shop") { os in
      try await os.write("open")
      try await os.note(Sale(price: 3))
      try await os.note("closed")
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    let notes = log.events.compactMap { event -> Note? in
      if case .noted(let note) = event.action { note } else { nil }
    }
    #expect(notes.map(\.description) == ["sold for 3", "closed"])
    #expect(notes[0].value(Sale.self) == Sale(price: 3))
    #expect(notes[0].value(String.self) == nil)
    #expect(log.events.map(\.tick) == [0, 1, 2])
    #expect(log.events.map(\.task) == [1, 1, 1])
  }

  @Test func `notes are equal when their values are`() {
    #expect(Note(3) == Note(3))
    #expect(Note(3) != Note(4))
    #expect(Note(3) != Note("3"))
    #expect(Set([Note(3), Note(3), Note("3")]).count == 2)
  }
}
