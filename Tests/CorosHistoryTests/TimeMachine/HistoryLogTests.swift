import CorosKernel
import Testing

@testable import CorosHistory

/// The compressed history restores the original exactly.
@Suite struct HistoryLogTests {
  @Test(arguments: [1, 2, 3, 50])
  func `choices are restored, from any beginning`(_ tasks: Int) {
    var random = RandomSource(seed: UInt64(tasks))
    var log = ChoiceLog()
    var choices: [TaskID] = []
    for index in 0..<500 {
      let task = TaskID(rawValue: index / 100 % 2 == 0 ? index % tasks : random.next(below: tasks))
      choices.append(task)
      log.append(task)
    }
    for length in [0, 1, 99, 250, 500] {
      var prefix = log.prefix(length)
      #expect(prefix.count == length)
      prefix.append(300)
      var cursor = ChoiceLog.Cursor(prefix)
      for choice in choices.prefix(length) + [300] { #expect(cursor.next() == choice) }
    }
    #expect(log.lastIndex(of: 0, before: 500) == choices.lastIndex(of: 0))
    #expect(log.lastIndex(of: 0, before: 40) == choices.prefix(40).lastIndex(of: 0))
    #expect(log.lastIndex(of: 99, before: 500) == nil)
  }

  @Test(arguments: [1, 2, 3, 50])
  func `choices can be read from any mark`(_ tasks: Int) {
    var random = RandomSource(seed: UInt64(tasks))
    var log = ChoiceLog()
    var choices: [TaskID] = []
    var marks: [ChoiceLog.Mark] = []
    for index in 0..<300 {
      marks.append(log.mark)
      let task = TaskID(rawValue: index / 50 % 2 == 0 ? index % tasks : random.next(below: tasks))
      choices.append(task)
      log.append(task)
    }
    for mark in marks {
      var cursor = ChoiceLog.Cursor(log, from: mark)
      let read = choices.dropFirst(mark.count).map { _ in cursor.next() }
      #expect(read == Array(choices.dropFirst(mark.count)))
    }
  }

  @Test func `a part of a step log is independent`() {
    let log = StepLog()
    for index in 0..<100 { log.append(TaskID(rawValue: 1 + index % 3), until: 2 * index) }
    for count in [0, 1, 40, 100] {
      let part = log.prefix(count)
      part.append(9, until: 1_000)
      part.append(9, until: 1_001)
      #expect(part.count == count + 2 && log.count == 100)
      #expect(part.choices.lastIndex(of: 9, before: count + 2) == count + 1)
      #expect((0...count).allSatisfy { part.ticks[$0] == log.ticks[$0] })
      #expect(part.ticks[count + 1] == 1_000 && part.ticks[count + 2] == 1_001)
    }
    #expect(log.choices.lastIndex(of: 9, before: 100) == nil && log.ticks[100] == 198)
  }

  @Test func `the ticks of moments are restored, at any pace`() {
    var random = RandomSource(seed: 1)
    var ticks: [Tick] = [0]
    var log = TickLog()
    for index in 0..<300 {
      ticks.append(
        ticks[index] + (index % 60 < 20 ? 1 : index % 60 < 40 ? 7 : 1 + random.next(below: 9))
      )
      log.append(ticks[index + 1])
    }
    for (moment, tick) in ticks.enumerated() { #expect(log[moment] == tick) }
    for tick in 0...(ticks[300] + 5) {
      #expect(log.lastMoment(atOrBefore: tick) == ticks.lastIndex { $0 <= tick })
    }
    for moment in [0, 1, 19, 20, 21, 59, 150, 300] {
      var part = log.through(moment)
      #expect(part.count == moment + 1)
      part.append(ticks[moment] + 3)
      #expect(part[moment] == ticks[moment])
      #expect(part[moment + 1] == ticks[moment] + 3)
    }
  }

  @Test func `checkpoints are few, and near the present`() {
    var points = SavePoints()
    for moment in 0..<10_000 {
      points.insert(
        SavePoint(moment: moment, size: 0, memorySize: 0, checkpoint: nil, memories: [:])
      )
    }
    #expect(points.points.count < 100)
    for age in [1, 10, 100, 1_000, 9_000] {
      let target = 9_999 - age
      let found = points.last(atOrBefore: target)?.moment ?? 0
      #expect(target - found <= age)
    }
    points.removeAll(after: 5_000)
    #expect(points.points.allSatisfy { $0.moment <= 5_000 })
  }
}
