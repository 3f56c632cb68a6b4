import Testing

@testable import CorosKernel

@Suite struct TaskDirectoryTests {
  private func number(_ entry: TaskDirectory.Entry?) -> Int? {
    switch entry {
    case .live(let slot): Int(slot.index)
    case .ended(let record): -record - 1
    case nil: nil
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `it agrees with a dictionary`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var directory = TaskDirectory()
    var model: [Int: Int] = [:]
    for step in 0..<4_000 {
      // Ids grow, and a few of the old ones stay.
      let newest = step * 100
      let id =
        random.next(below: 2) == 0 ? random.next(below: 3_000) : newest - random.next(below: 3_000)
      if id < 0 { continue }
      let value = random.next(below: 100)
      switch random.next(below: 3) {
      case 0:
        directory[TaskID(rawValue: id)] = .live(Slot(value))
        model[id] = value
      case 1:
        directory[TaskID(rawValue: id)] = .ended(record: value)
        model[id] = -value - 1
      default:
        directory[TaskID(rawValue: id)] = nil
        model[id] = nil
      }
      #expect(number(directory[TaskID(rawValue: id)]) == model[id])
      guard step.isMultiple(of: 200) else { continue }
      for old in model.keys.filter({ $0 > 3_000 && $0 < newest - 5_000 && $0 % 97 > 0 }) {
        directory[TaskID(rawValue: old)] = nil
        model[old] = nil
      }
      for start in [-1, 0, id, 1 << 20, .max - 1] {
        let walk = Array(
          sequence(state: TaskID(rawValue: start)) { last in
            let next = directory.first(after: last)
            if let next { last = next.tid }
            return next
          }
        )
        let expected = model.keys.filter { $0 > start }.sorted()
        #expect(walk.map(\.tid.rawValue) == expected, "seed \(seed), step \(step)")
        #expect(walk.map { number($0.entry) } == expected.map { model[$0] })
      }
    }
  }

  @Test(arguments: [-1, Int.min, Int.max, 0, 255, 256])
  func `ids that never existed are not found`(id: Int) {
    #expect(number(TaskDirectory()[TaskID(rawValue: id)]) == nil)
  }
}
