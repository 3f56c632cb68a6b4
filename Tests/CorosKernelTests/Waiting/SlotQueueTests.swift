import Testing

@testable import CorosKernel

@Suite struct SlotQueueTests {
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `queues that share a table agree with arrays`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var table = LinkTable()
    var queues = Array(repeating: SlotQueue(), count: 4)
    var model: [[Slot]] = Array(repeating: [], count: 4)
    for step in 0..<5_000 {
      let which = random.next(below: 4)
      switch random.next(below: 10) {
      case 0...2:
        let slot = Slot(random.next(below: 60))
        if model.joined().contains(slot) { continue }
        table.append(slot, to: &queues[which])
        model[which].append(slot)
      case 3, 4:
        let slot = Slot(random.next(below: 60))
        if model.joined().contains(slot) { continue }
        table.prepend(slot, to: &queues[which])
        model[which].insert(slot, at: 0)
      case 5:
        let source = (which + 1) % 4
        var moved = queues[source]
        table.move(&moved, to: &queues[which])
        queues[source] = moved
        model[which] += model[source]
        model[source] = []
      case 6, 7:
        let first = model[which].isEmpty ? nil : model[which].removeFirst()
        #expect(table.popFirst(from: &queues[which]) == first)
      default:
        guard !model[which].isEmpty else { continue }
        let slot = model[which].remove(at: random.next(below: model[which].count))
        table.remove(slot, from: &queues[which])
      }
      for (queue, slots) in zip(queues, model) {
        #expect(table.slots(of: queue) == slots, "seed \(seed), step \(step)")
        #expect(queue.isEmpty == slots.isEmpty)
      }
    }
  }
}
