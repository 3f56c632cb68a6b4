import CorosInsightTestSupport
import CorosKernel
import Testing

@testable import CorosInsight

@Suite struct TimelineScaleTests {
  @Test func `round numbers continue up to the largest number`() {
    let numbers = Array(RoundNumbers())
    #expect(numbers.prefix(7) == [1, 2, 5, 10, 20, 50, 100])
    #expect(numbers.last == 5_000_000_000_000_000_000)
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `columns cover the range exactly once, in order, and fit`() {
    var random = RandomSource(seed: 1)
    for _ in 0..<2_000 {
      let from = random.next(below: 1 << (1 + random.next(below: 60)))
      let range = from..<(from + 1 + random.next(below: 1 << (1 + random.next(below: 60))))
      let room = 1 + random.next(below: 300)
      let scale = TimelineScale(range, room: room)
      #expect(scale.columns >= 1 && scale.columns <= max(room, 2))
      #expect(scale.ticks(of: 0).lowerBound == range.lowerBound)
      #expect(scale.ticks(of: scale.columns - 1).upperBound == range.upperBound)
      for column in 1..<max(scale.columns, 1) where scale.columns > 1 {
        #expect(scale.ticks(of: column - 1).upperBound == scale.ticks(of: column).lowerBound)
      }
      let tick = range.lowerBound + random.next(below: range.count)
      #expect(scale.ticks(of: scale.column(of: tick)).contains(tick))
    }
  }

  @Test func `the largest tick can be drawn`() {
    let scale = TimelineScale(0..<Tick.max, room: 80)
    #expect(scale.columns <= 80)
    #expect(scale.ticks(of: scale.columns - 1).upperBound == Tick.max)
    #expect(scale.column(of: Tick.max - 1) == scale.columns - 1)
  }

  @Test func `marks are round, and far enough apart`() {
    let scale = TimelineScale(1_234..<1_300, room: 70)
    let marks = scale.marks(gap: 6)
    #expect(marks.map(\.tick) == [1_234, 1_240, 1_250, 1_260, 1_270, 1_280, 1_290])
    #expect(marks.map(\.column) == [0, 6, 16, 26, 36, 46, 56])
  }
}
