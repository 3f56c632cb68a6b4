import CorosKernel
import CorosSync
import Testing

@testable import CorosInsight

/// What is kept of who waited for whom, and how much of it.
@Suite(.timeLimit(.minutes(15))) struct SharingBookTests {
  /// Keeps a book as the events come.
  private final class Keeper: Observer {
    let interests: Event.Kinds = [.lives, .dispatches, .waits, .sharing, .stops, .details]
    var book: SharingBook
    private var next: Tick = 0

    init(_ book: SharingBook) { self.book = book }

    func observe(_ event: Event) {
      if case .dispatched = event.action { next = event.tick + 1 }
      book.note(event, at: max(event.tick, next))
    }
  }

  /// Pairs of tasks, one after another, of which one waits for the lock of the other for ten ticks.
  private func pairs(_ count: Int, most: Int) throws -> Keeper {
    let scheduler = Scheduler()
    let keeper = Keeper(SharingBook(mostBlamed: most))
    scheduler.add(keeper)
    let mutex = try scheduler.perform(MakeMutex("m"))
    for _ in 1...count {
      for _ in 1...2 {
        try scheduler.createTask("user") { os in
          try await os.withLock(mutex) { try await os.sleep(10) }
        }
      }
      #expect(scheduler.runEventLoop() == .allFinished)
    }
    return keeper
  }

  @Test func `a task is blamed for the ticks that another waited for its lock`() throws {
    let keeper = try pairs(1, most: 5)
    let (first, second) = (keeper.book.blame(of: 1, at: 100), keeper.book.blame(of: 2, at: 100))
    #expect(first.waited == 0 && first.caused > 0)
    #expect(second.caused == 0 && second.waited == first.caused)
  }

  @Test func `of many tasks that are blamed the last are kept, and not without bound`() throws {
    let most = 10
    let keeper = try pairs(200, most: most)
    func isKept(_ number: Int) -> Bool {
      let blame = keeper.book.blame(of: TaskID(rawValue: number), at: 0)
      return blame.waited + blame.caused > 0
    }
    let kept = (1...400).filter(isKept)
    #expect(kept.count >= most && kept.count <= 2 * most)
    #expect(kept == Array(400 - kept.count + 1...400))
    let unbounded = try pairs(200, most: 1_000)
    #expect(unbounded.book.size - keeper.book.size >= 400 - 2 * most)
  }
}
