import CorosKernel
import CorosTestSupport
import Testing

/// An embedder's own calls: a bounded mailbox, whose calls check again each time they are woken.
@Suite struct MailboxTests {
  private final class Mailbox {
    var letters: [String] = []
    let room: Int
    init(room: Int) { self.room = room }
  }

  private struct Put: SystemCall {
    let letter: String
    let box: Mailbox

    func handle(in kernel: KernelContext) -> Disposition<Void> {
      guard box.letters.count < box.room else { return .block(on: .channel("room")) }
      box.letters.append(letter)
      kernel.wakeAll("letters")
      return .reply(())
    }

    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
      handle(in: kernel)
    }
  }

  private struct Take: SystemCall {
    let box: Mailbox
    var timeout: Tick?

    func handle(in kernel: KernelContext) -> Disposition<String> {
      if !box.letters.isEmpty {
        let letter = box.letters.removeFirst()
        kernel.wakeAll("room")
        return .reply(letter)
      }
      do {
        return .block(on: .channel("letters"), until: try kernel.deadline(after: timeout))
      } catch {
        return .fail(error)
      }
    }

    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<String> {
      if case .timedOut = wakeup { return .fail(SystemCallError.timedOut) }
      return handle(in: kernel)
    }
  }

  private let scheduler = Scheduler()
  private let notes = Notes()

  @Test func `every letter arrives once, in order, through a box of any size`() throws {
    for room in 1...4 {
      let scheduler = Scheduler()
      let (box, notes) = (Mailbox(room: room), Notes())
      try scheduler.createTask("writer") { os in
        for number in 1...20 { try await os.call(Put(letter: "\(number)", box: box)) }
      }
      try scheduler.createTask("reader") { os in
        for _ in 1...20 { notes.add(try await os.call(Take(box: box))) }
      }
      #expect(run(scheduler) == .allFinished)
      #expect(notes.lines == (1...20).map(String.init))
    }
  }

  @Test func `readers who find nothing after a wake-up wait again, behind the others`() throws {
    let box = Mailbox(room: 9)
    for name in ["a", "b", "c"] {
      try scheduler.createTask(name) { [notes] os in
        notes.add("\(name) \(try await os.call(Take(box: box)))")
      }
    }
    try scheduler.createTask("writer") { os in
      for number in 1...3 { try await os.call(Put(letter: "\(number)", box: box)) }
    }
    scheduler.run(ticks: 4)
    #expect(scheduler.waitQueues.map(\.reason) == [.channel("letters")])
    #expect(scheduler.waitQueues.first?.tasks == [2, 3])
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["a 1", "b 2", "c 3"])
  }

  @Test func `a reader that times out or is killed leaves the queue to the others`() throws {
    let box = Mailbox(room: 1)
    try scheduler.createTask { [notes] os in
      do { _ = try await os.call(Take(box: box, timeout: 5)) } catch { notes.add("\(error)") }
    }
    let victim = try scheduler.createTask { os in _ = try await os.call(Take(box: box)) }
    try scheduler.createTask { [notes] os in notes.add(try await os.call(Take(box: box))) }
    try scheduler.createTask { os in
      try await os.sleep(20)
      try await os.killTask(victim)
      try await os.call(Put(letter: "late", box: box))
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["timed out", "late"])
  }

  @Test func `a wait without a writer is a deadlock that names the channel`() throws {
    let box = Mailbox(room: 1)
    try scheduler.createTask("reader") { os in _ = try await os.call(Take(box: box)) }
    guard case .deadlock(let deadlock) = run(scheduler) else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.blocked.map(\.reason) == [.channel("letters")])
    #expect(deadlock.circles == [])
  }

  @Test func `the operator can read letters, too`() throws {
    let box = Mailbox(room: 1)
    try scheduler.createTask { os in
      try await os.sleep(3)
      try await os.call(Put(letter: "hello", box: box))
    }
    #expect(try scheduler.perform(Take(box: box)) == "hello")
    isWhole(scheduler)
  }
}
