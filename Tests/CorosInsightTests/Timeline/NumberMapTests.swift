import CorosKernel
import Testing

@testable import CorosInsight

@Suite struct NumberMapTests {
  @Test(arguments: 0..<10)
  func `it holds what a dictionary holds`(_ seed: UInt64) {
    var random = RandomSource(seed: seed)
    var map = TaskMap<Int>()
    var model: [TaskID: Int] = [:]
    // Few and many ids: pages fill, and are emptied again.
    let ids = seed.isMultiple(of: 2) ? 5 : 500
    for number in 0..<3_000 {
      let task = TaskID(rawValue: random.next(below: ids))
      switch random.next(below: 4) {
      case 0:
        map[task] = nil
        model[task] = nil
      case 1:
        map[task] = number
        model[task] = number
      case 2:
        map.update(task) { $0 += 1 }
        model[task]? += 1
      default:
        #expect(map[task] == model[task])
        #expect(map.part(of: task) { $0 + 1 } == model[task].map { $0 + 1 })
      }
    }
    var all: [(task: TaskID, value: Int)] = []
    map.forEach { all.append(($0, $1)) }
    #expect(all.map(\.task) == model.keys.sorted())
    #expect(all.allSatisfy { model[$0.task] == $0.value })
    for (task, value) in model { #expect(map[task] == value) }
  }

  @Test func `a copy goes its own way`() {
    var map = TaskMap<String>()
    map[3] = "three"
    var copy = map
    copy.update(3) { $0.append("!") }
    copy.update(4) { $0.append("!") }
    copy[70] = "seventy"
    #expect(map[3] == "three" && map[70] == nil)
    #expect(copy[3] == "three!" && copy[4] == nil && copy[70] == "seventy")
  }
}
