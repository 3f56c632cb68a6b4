import CorosInsightTestSupport
import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosExports
@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosShell

/// `timeline --lines`: the texts of programs below the rows of their tasks.
@Suite struct TimelineLinesTests {
  /// Three tasks that count under a lock, six lines each.
  private func counters() -> TestShell {
    let session = TestShell()
    session.type(
      "shared n = 0; mutex m",
      "program add {\n  lock m\n  n = n + 1\n  unlock m\n  write n\n}",
      "spawn add x3; run"
    )
    return session
  }

  private func listing(_ steps: [(line: Int, tick: Tick, task: TaskID)]) -> [TimelineListing] {
    var history = LineHistory()
    for step in steps {
      history.steps[step.task, default: []].append(.init(tick: step.tick, line: step.line))
      history.sources[step.task] = .init(name: "add", text: "program add {\n\tn = n + 1\n}")
    }
    return TimelineListing.listings(of: history.sources.keys.sorted(), history)
  }

  private func chart(
    _ listings: [TimelineListing],
    _ range: Range<Tick>,
    width: Int = 40
  ) -> TimelineChart {
    TimelineChart(
      [row(1, "add", "#-#-"), row(12, "add", "-#-#")],
      listings: listings,
      range: range,
      width: width,
      glyphs: .ascii,
      style: Style(isEnabled: false)
    )
  }

  @Test func `below the rows stands the text, with the task that ran each line in each tick`() {
    let lines = chart(listing([(2, 0, 1), (2, 1, 12), (2, 2, 1), (3, 3, 12)]), 0..<4).lines
    #expect(
      lines.dropFirst(2) == [
        " 1 add           #-#-",
        "12 add           -#-#",
        "add, line by line: the task that runs it",
        " 1 program add {",
        " 2   n = n + 1   1#1",
        " 3 }                #",
      ]
    )
  }

  @Test func `a column of several ticks says where several tasks ran a line`() {
    let steps = (0..<40).map { tick in
      (line: 2, tick: tick, task: TaskID(rawValue: tick < 20 || tick % 2 == 0 ? 1 : 2))
    }
    let lines = chart(listing(steps), 0..<40, width: 30).lines
    #expect(lines.contains { $0.hasSuffix("n = n +… 1111****") }, "\(lines)")
    #expect(lines.joined(separator: " ").contains("* for several"))
  }

  @Test(arguments: [14, 15, 20, 40, 80, 300])
  func `no line is wider than the terminal`(_ width: Int) {
    let session = counters()
    session.host.width = width
    for line in session.type("timeline --lines", "timeline --lines 3..9").split(separator: "\n") {
      #expect(line.reduce(0) { $0 + $1.displayWidth } <= width, "\(line)")
    }
  }

  @Test func `every step of a typed program stands in its line, and nothing else does`() throws {
    let session = counters()
    let seen = session.type("timeline --lines")
    let calls = session.type("events call -n all").split(separator: "\n")
      .filter { $0.contains(", in line ") }
    let lines = seen.split(separator: "\n")
    let gutter = lines[2].prefix { $0 == " " }.count
    let digits = lines.drop { !$0.hasPrefix("add, line") }.dropFirst()
      .prefix { $0.first?.isNumber == true }
      .reduce(0) { $0 + $1.dropFirst(gutter).filter(\.isNumber).count }
    #expect(digits == calls.count && digits > 10)
  }

  @Test func `a step that fails before its act stands in the line that failed`() {
    let session = TestShell()
    session.type(
      "shared x[3]",
      "program over {\n  x[0] = 1\n  var i = 3\n  x[i] = 1\n  x[1] = 1\n}",
      "program split {\n  yield\n  assert 1 == 2\n}",
      "spawn over; spawn split; run"
    )
    let lines = session.type("timeline --lines").split(separator: "\n").map(String.init)
    #expect(lines.contains("4   x[i] = 1        1"), "\(lines)")
    #expect(lines.contains("3   assert 1 == 2    2"), "\(lines)")
    #expect(session.type("info 1").contains("failed: line 4: "))
    #expect(session.type("info 2").contains("failed: line 3: "))
  }

  @Test func `of tasks without a text it is said that they have none`() {
    let session = TestShell()
    session.type("spawn count 2; run")
    let seen = session.type("timeline --lines")
    #expect(seen.contains("no task here runs a text: typed programs have lines, and assembly"))
    #expect(!session.type("timeline").contains("no task here"))
  }

  @Test func `the picture shows the text, and what ran when as a tip`() throws {
    let picture = TimelinePicture(
      title: "rr",
      subtitle: "",
      rows: [row(1, "a<b", "#-#-"), row(2, "add", "-#-#")],
      range: 0..<4,
      listings: listing([(2, 0, 1), (2, 1, 2), (3, 2, 1)])
    )
    #expect(picture.text.contains("<title>line 2, tick 0: task 1 (a&lt;b)</title>"))
    #expect(picture.text.contains(">2    n = n + 1</text>"))
    #expect(picture.text.contains(">add, line by line</text>"))
    let plain = TimelinePicture(title: "rr", subtitle: "", rows: picture.rows, range: 0..<4)
    #expect(!plain.text.contains("class=\"code\""))
    #expect(plain.text.utf8.count < picture.text.utf8.count)
  }
}
