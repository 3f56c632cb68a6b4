import CorosKernel
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

/// Known programs, in all orders in which their tasks can go: what can come out, and what can go wrong.
@Suite(.timeLimit(.minutes(15))) struct ClassicsTests {
  private func search(
    _ text: String,
    _ tasks: String...
  ) throws -> Search {
    let run = try TypedRun()
    for definition in text.split(separator: "\n\n") { try run.scheduler.define(String(definition)) }
    for task in tasks {
      let words = task.split(separator: " ").map { String($0) }
      let program = try #require(run.scheduler.definitions?.program(words[0]))
      _ = try run.scheduler.createTask(
        words[0],
        try program.code(arguments: Array(words.dropFirst()))
      )
    }
    return try Search(run)
  }

  @Test func `two increments may count one`() throws {
    let text = "shared total = 0\n\nprogram count { total = total + 1 }"
    let found = try search(text, "count", "count")
    #expect(found.finals == ["total=1", "total=2"])
    #expect(found.shortestDeadlock == nil && found.shortestFailure == nil)
    let atomic = try search(
      "shared total = 0\n\nprogram count { atomic { total = total + 1 } }",
      "count",
      "count"
    )
    #expect(atomic.finals == ["total=2"])
  }

  @Test func `two locks in two orders can close a circle in four steps`() throws {
    let text = """
      mutex left1, right1

      program one { lock left1; lock right1; unlock right1; unlock left1 }

      program two { lock right1; lock left1; unlock left1; unlock right1 }
      """
    let found = try search(text, "one", "two")
    #expect(found.shortestDeadlock == 4)
    #expect(found.finals == [""])
    #expect(try search(text, "one", "one").shortestDeadlock == nil)
  }

  @Test func `three philosophers can wait for one another in six steps`() throws {
    let text = """
      mutex stick[3]

      program eater(seat) {
        lock stick[seat]
        lock stick[(seat + 1) % 3]
        unlock stick[(seat + 1) % 3]
        unlock stick[seat]
      }
      """
    #expect(try search(text, "eater 0", "eater 1", "eater 2").shortestDeadlock == 6)
  }

  @Test func `a bounded buffer needs a loop round its wait`() throws {
    func text(_ word: String) -> String {
      """
      shared cell1[2], stored = 0, head = 0, total = 0

      mutex guard1

      condition free on guard1, full on guard1

      program put(most) {
        var i = 1
        while i <= most {
          lock guard1; \(word) stored == 2 { wait free }
          cell1[(head + stored) % 2] = i; stored += 1
          signal full; unlock guard1; i += 1
        }
      }

      program take1(most) {
        repeat most {
          lock guard1; \(word) stored == 0 { wait full }
          total += cell1[head]; head = (head + 1) % 2; stored -= 1
          signal free; unlock guard1
        }
      }
      """
    }
    let right = try search(text("while"), "put 2", "take1 1", "take1 1")
    #expect(right.finals.allSatisfy { $0.contains("total=3") })
    #expect(!right.finals.isEmpty)
    #expect(right.shortestDeadlock == nil)
    let wrong = try search(text("if"), "put 2", "take1 1", "take1 1")
    // A consumer takes from the empty buffer, and the next index is below 0.
    #expect(wrong.shortestFailure != nil)
  }

  @Test func `two who say that they want to enter exclude one another`() throws {
    func text(_ first: String, _ second: String) -> String {
      """
      shared asks[2] = false, last = 0

      program peer(own) {
        \(first); \(second)
        while asks[1 - own] and last == 1 - own { }
        critical { }
        asks[own] = false
      }
      """
    }
    let right = try search(text("asks[own] = true", "last = 1 - own"), "peer 0", "peer 1")
    #expect(right.finals == ["asks=false false last=0", "asks=false false last=1"])
    #expect(right.shortestFailure == nil && right.shortestDeadlock == nil)
    let wrong = try search(text("last = 1 - own", "asks[own] = true"), "peer 0", "peer 1")
    // Two in the section in nine steps; the failing task ends in the tenth.
    #expect(wrong.shortestFailure == 10)
  }

  @Test func `tickets are served in turn`() throws {
    let text = """
      shared ticket = 0, served = 0

      program customer {
        var own
        atomic { own = ticket; ticket += 1 }
        while served != own { }
        critical { }
        served += 1
      }
      """
    let found = try search(text, "customer", "customer")
    #expect(found.finals == ["served=2 ticket=2"])
    #expect(found.shortestFailure == nil)
  }

  @Test func `a test and what follows it belong in one step`() throws {
    let naive = """
      shared busy = false

      program enter1 { await not busy; busy = true; critical { }; busy = false }
      """
    #expect(try search(naive, "enter1", "enter1").shortestFailure == 7)
    let right = """
      shared busy = false

      program enter1 { when not busy { busy = true }; critical { }; busy = false }
      """
    let found = try search(right, "enter1", "enter1")
    #expect(found.shortestFailure == nil && found.shortestDeadlock == nil)
    #expect(found.finals == ["busy=false"])
  }

  @Test func `two meet when each first says that it is there`() throws {
    func text(_ one: String, _ two: String) -> String {
      """
      shared a = 0, b = 0

      semaphore came[2]

      program one { a = 1; \(one); assert b == 1 }

      program two { b = 1; \(two); assert a == 1 }
      """
    }
    let right = try search(
      text("up came[0]; down came[1]", "up came[1]; down came[0]"),
      "one",
      "two"
    )
    #expect(right.finals == ["a=1 b=1"])
    #expect(right.shortestFailure == nil && right.shortestDeadlock == nil)
    let stuck = try search(
      text("down came[1]; up came[0]", "down came[0]; up came[1]"),
      "one",
      "two"
    )
    #expect(stuck.shortestDeadlock == 4)
  }

  @Test func `readers see no half of a write`() throws {
    let text = """
      shared inside = 0, page = 0

      mutex door1

      semaphore room = 1

      program reader {
        lock door1; inside += 1; if inside == 1 { down room }; unlock door1
        var a = page; var b = page; assert a == b
        lock door1; inside -= 1; if inside == 0 { up room }; unlock door1
      }

      program writer { down room; critical { page += 1 }; up room }
      """
    let found = try search(text, "reader", "writer", "reader")
    #expect(found.finals == ["inside=0 page=1"])
    #expect(found.shortestFailure == nil && found.shortestDeadlock == nil)
  }

  @Test func `a channel carries all values in order`() throws {
    let text = """
      channel belt 2

      shared total = 0

      program put(most) { var i = 1; while i <= most { send belt i; i += 1 }; send belt 0 }

      program get { var x = 1; while x != 0 { receive belt x; total = total * 10 + x } }
      """
    #expect(try search(text, "put 3", "get").finals == ["total=1230"])
  }

  @Test func `a barber serves as many as he expects`() throws {
    let text = """
      shared seated = 0, cut = 0, gone = 0

      mutex shop

      semaphore customers, chair

      program barber(most) { repeat most { down customers; up chair; cut += 1 } }

      program customer {
        lock shop; if seated == 2 { gone += 1; unlock shop; exit }
        seated += 1; unlock shop
        up customers; down chair; lock shop; seated -= 1; unlock shop
      }
      """
    let found = try search(text, "barber 2", "customer", "customer")
    #expect(found.finals == ["cut=2 gone=0 seated=0"])
    #expect(try search(text, "barber 3", "customer", "customer").shortestDeadlock != nil)
  }
}
