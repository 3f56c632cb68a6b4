import CorosKernel
import Testing

@testable import CorosSession
@testable import CorosShell

/// `top`: sorted tables, and the same on the whole screen.
@Suite struct TopTests {
  private func session() -> TestShell {
    let session = TestShell()
    session.type("spawn spin; spawn clock 3; spawn count 9; workload len=3 at=50,len=2; run 20")
    _ = session.host.takeSeen()
    return session
  }

  @Test(arguments: TopColumn.allCases) func `each column can be sorted by, both ways`(
    _ column: TopColumn
  ) {
    let session = session()
    let scheduler = session.shell.scheduler
    func key(_ row: TopRow) -> String {
      let accounting = row.task.accounting
      func digits(_ number: Int) -> String {
        String(repeating: "0", count: 12 - String(number).count) + String(number)
      }
      return switch column {
      case .tid: digits(row.task.tid.rawValue)
      case .name: row.task.name
      case .state: row.task.state.word
      case .run: digits(accounting.dispatches)
      case .wait: digits(accounting.wait(now: scheduler.now))
      case .blocked: digits(accounting.blocked(now: scheduler.now))
      case .cpu:
        // A task that has not arrived has no share.
        accounting.arrival >= scheduler.now
          ? "" : digits(accounting.dispatches * 100_000 / (scheduler.now - accounting.arrival))
      }
    }
    let rows = TopTable(scheduler, sortedBy: column).rows
    #expect(rows.count == scheduler.liveTaskCount)
    let keys = rows.map(key)
    #expect(keys == (column.isDescending ? keys.sorted(by: >) : keys.sorted()))
    let back = TopTable(scheduler, sortedBy: column, isReversed: true).rows.map(key)
    #expect(back == (column.isDescending ? keys.sorted() : keys.sorted(by: >)))
  }

  @Test func `the columns go round`() {
    let all = TopColumn.allCases
    #expect(all.map { $0.next(1) } == Array(all.dropFirst()) + [all[0]])
    #expect(all.map { $0.next(1).next(-1) } == all)
  }

  @Test func `what is no column is refused`() {
    let session = session()
    #expect(session.type("top --sort runn").contains("did you mean `run`?"))
    #expect(session.type("top --sort").contains("--sort needs a column"))
    #expect(session.type("top 3").contains("usage: top"))
    #expect(session.type("top --sort CPU%").hasPrefix("TID"))
    #expect(session.type("top -n 2").split(separator: "\n").count == 4)
  }

  @Test func `the screen sorts, steps and ends by keys, whatever its size`() {
    let session = session()
    let screen = TopScreen(session.shell, sortedBy: .cpu)
    func text(_ width: Int = 80, _ height: Int = 12) -> [String] {
      screen.lines(width: width, height: height).map(\.text)
    }
    #expect(text()[0].hasPrefix(" tick 20  rr quantum=1  "))
    #expect(text()[1].split(separator: " ").prefix(4) == ["TID", "NAME", "STATE", "CPU%"])
    let first = text()[2]
    screen.press(.character("r"))
    #expect(screen.isReversed && text()[2] != first)
    screen.press(.left)
    screen.press(.left)
    #expect(screen.column == .name && !screen.isReversed)
    screen.press(.right)
    #expect(screen.column == .state)
    // A click on a heading, and another one.
    let place = text()[1].distance(
      from: text()[1].startIndex,
      to: text()[1].firstRange(of: "WAIT")?.lowerBound ?? text()[1].endIndex
    )
    screen.press(.click(row: 1, column: place))
    #expect(screen.column == .wait && !screen.isReversed)
    screen.press(.click(row: 1, column: place + 3))
    #expect(screen.column == .wait && screen.isReversed)
    screen.press(.click(row: 1, column: 79))
    screen.press(.click(row: 3, column: 1))
    screen.press(.click(row: 1, column: 1))
    #expect(screen.column == .tid && !screen.isReversed)
    screen.press(.character(" "))
    #expect(text()[0].hasPrefix(" tick 21"))
    screen.press(.character("x"))
    #expect(text().last?.contains("no such key") == true)
    for (width, height) in [(0, 0), (1, 1), (5, 2), (20, 3), (200, 4), (30, 100)] {
      screen.press(.end)
      let lines = screen.lines(width: width, height: height)
      #expect(lines.count <= height && lines.allSatisfy { $0.width <= width })
      screen.press(.home)
    }
    screen.press(.character("q"))
    #expect(screen.isFinished)
    screen.close()
    #expect(!session.shell.monitor.isMuted)
  }

  @Test func `live mode runs the machine meanwhile, to its end`() {
    var settings = Settings()
    settings.isInteractive = true
    let session = TestShell(settings)
    session.type("spawn clock 3; spawn count 9; live on 100")
    let screen = TopScreen(session.shell, sortedBy: .run)
    defer { screen.close() }
    let before = session.shell.scheduler.now
    var time: UInt64 = 1_000_000_000
    var next = LiveNext.never
    for _ in 0..<2_000 {
      next = screen.runSlice(nanoseconds: time)
      time += 10_000_000
      if case .never = next { break }
    }
    #expect(session.shell.scheduler.now > before)
    #expect(next == .never && session.shell.scheduler.liveTaskCount == 0)
    let lines = screen.lines(width: 80, height: 10).map(\.text)
    #expect(lines.contains { $0.contains("no live tasks") })
    #expect(lines.last?.contains("all finished") == true)
  }
}
