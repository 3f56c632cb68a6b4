import CorosInsightTestSupport
import CorosKernel
import Testing

@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosShell

@Suite struct TimelineChartTests {
  @Test func `each state has its own glyph`() {
    let chart = TimelineChart(
      [row(1, "a", "#--wwz#"), row(2, "bee", "..-#s-")],
      0..<8,
      width: 40
    )
    #expect(
      chart.lines == [
        "      0    5",
        "      |____|__",
        "1 a   #--wwz#",
        "2 bee ..-#s-",
      ]
    )
    #expect(
      chart.legend == """
        # running  - ready  w waiting
        z sleeping  s stopped  . not arrived
        """
    )
  }

  @Test func `the end of a row is marked, and idle time has a row`() {
    var rows = ["##", "-#w", "--z#", "ww"].enumerated().map { index, picture in
      row(TaskID(rawValue: index + 1), "a", picture)
    }
    for (index, mark) in [TimelineMark.exited, .killed, .failed].enumerated() {
      rows[index].figures = TimelineFigures(arrival: 0, end: index + 2, ending: mark)
    }
    rows[3].isDeadlocked = true
    let idle = [TimelineSpan(state: .running, from: 2, to: 3)]
    let chart = TimelineChart(
      rows,
      idle: idle,
      range: 0..<4,
      width: 40,
      glyphs: .ascii,
      style: Style(isEnabled: false)
    )
    #expect(
      chart.lines.dropFirst(2) == [
        "1 a    ##]", "2 a    -#wX", "3 a    --z#!", "4 a    ww@", "  idle   #",
      ]
    )
    #expect(chart.legend.contains("] ended  X killed"))
    // Where an end is behind the range, the row goes on.
    let short = TimelineChart(rows, 0..<3, width: 40)
    #expect(short.lines[4] == "3 a --z")
  }

  @Test func `there are as many block characters as ASCII ones`() {
    for state in TimelineState.allCases {
      let glyphs = [TimelineGlyphs.unicode, .ascii].map { $0.glyph(of: state) }
      #expect(glyphs.allSatisfy { $0.displayWidth == 1 })
    }
    for glyphs in [TimelineGlyphs.unicode, .ascii] {
      let all =
        TimelineState.allCases.map { glyphs.glyph(of: $0) } + glyphs.partlyRunning
        + [" "] + TimelineMark.allCases.map { glyphs.glyph(of: $0) }
      #expect(Set(all).count == all.count)
    }
    let ascii = TimelineState.allCases.map { TimelineGlyphs.ascii.glyph(of: $0) }
    #expect(ascii.allSatisfy { $0.isASCII })
  }

  @Test func `each state has a colour of its own, but for those one looks past`() {
    #expect(Set(TimelineState.allCases.map(\.role)).count == TimelineState.allCases.count - 2)
    let line = TimelineChart([row(1, "a", "##--")], 0..<4, width: 30, isColored: true).lines[2]
    #expect(line == "\u{1B}[1m1\u{1B}[0m a \u{1B}[32m##\u{1B}[0m\u{1B}[2m--\u{1B}[0m")
  }

  @Test func `how much of a column a task has run is shown in eighths, neither full nor empty`() {
    let glyphs = TimelineGlyphs.unicode
    let eighths = (1..<100).map { glyphs.glyph(of: TimelineCell(ticks: 100, ran: $0)) }
    #expect(eighths.first == "▁" && eighths[49] == "▄" && eighths.last == "▇")
    #expect(Set(eighths).count == 7)
    #expect(zip(eighths, eighths.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(glyphs.glyph(of: TimelineCell(ticks: 100, ran: 100)) == "█")
  }

  @Test func `a long run has more ticks per column, and a column shows the most important state`() {
    let picture = "##########" + "#---------" + "----w-----" + "zzzzzz----" + "ssssszzzzz" + "#"
    let chart = TimelineChart([row(1, "a", picture)], 0..<51, width: 15)
    #expect(chart.ticksPerColumn == 5)
    #expect(chart.lines[2] == "1 a ##+---z-sz#")
    #expect(
      chart.legend.split(separator: "\n") == [
        "# running", "+ runs in part", "- ready", "z sleeping", "s stopped",
      ]
    )
  }

  @Test func `of states with equally many ticks, the more important one is shown`() {
    let cells = TimelineCell.cells(
      of: row(1, "a", "zwszw-zw.-"),
      TimelineScale(0..<10, room: 5)
    )
    #expect(cells.map(\.state) == [.waiting, .stopped, .waiting, .waiting, .ready])
  }

  @Test func `a column that the range cuts counts only its ticks in the range`() {
    // Ticks 3 to 12, two per column: the first column is tick 3 alone, and entirely running.
    let cells = TimelineCell.cells(
      of: row(1, "a", "   #-#######"),
      TimelineScale(3..<12, room: 5)
    )
    #expect(cells.map(\.ticks) == [1, 2, 2, 2, 2])
    #expect(cells.map(\.ran) == [1, 1, 2, 2, 2])
  }

  @Test(arguments: [14, 15, 20, 40, 80, 300])
  func `no line is wider than requested, whatever the rows`(_ width: Int) {
    var random = RandomSource(seed: UInt64(width))
    let names = [
      "", "a", "日本語の名前はとても長い", "x\u{1B}[2J\u{0}y", "abcdefghijklmnopqrstuvwxyz", "e\u{301}",
    ]
    let glyphs: [Character] = ["#", "-", "w", "z", "s", ".", " "]
    for _ in 0..<200 {
      let length = 1 + random.next(below: 500)
      let rows = (1...6).map { index in
        let picture = String((0..<length).map { _ in glyphs[random.next(below: glyphs.count)] })
        let tid = TaskID(rawValue: index * (1 + random.next(below: 9_999)))
        return row(tid, names[random.next(below: names.count)], picture)
      }
      let from = random.next(below: length)
      let chart = TimelineChart(rows, from..<length, width: width)
      for line in chart.lines + chart.legend.split(separator: "\n").map({ String($0) }) {
        #expect(line.reduce(0) { $0 + $1.displayWidth } <= width, "\(line)")
        #expect(!line.hasSuffix(" "))
      }
    }
  }

  @Test func `the numbers of the axis are above their ticks`() {
    let lines = TimelineChart([row(1, "a", "#")], 7..<47, width: 60).lines
    let (numbers, ruler) = (Array(lines[0]), Array(lines[1]))
    for (column, character) in ruler.enumerated() where character == "|" {
      let number = String(numbers[column...].prefix { $0 != " " })
      #expect(Int(number) == column - 4 + 7)
    }
    #expect(ruler.count { $0 == "|" } > 5)
  }
}
