import Testing

@testable import CorosKernel

@Suite struct ReadyQueueTests {
  @Test(arguments: 0..<10)
  func `it is first in, first out, and lets go of anyone in between`(_ seed: UInt64) {
    var table = TaskTable()
    for number in 0..<20 {
      _ = table.insert(
        TaskControlBlock(
          tid: TaskID(rawValue: number),
          name: 0,
          parent: .operator,
          coroutine: NoCoroutine(),
          arrival: 0
        )
      )
    }
    var random = RandomSource(seed: seed)
    var queue = ReadyQueue()
    var model: [Slot] = []
    for _ in 0..<2_000 {
      let slot = Slot(random.next(below: 20))
      switch (random.next(below: 3), model.firstIndex(of: slot)) {
      case (0, _):
        let first = queue.popFirst(in: table)
        #expect(first == model.first)
        if !model.isEmpty { model.removeFirst() }
      case (1, let place?):
        queue.remove(slot, in: table)
        model.remove(at: place)
      case (_, nil):
        queue.append(slot, in: table)
        model.append(slot)
      default: break
      }
      let slots = queue.slots(in: table)
      #expect(slots == model)
    }
  }
}
