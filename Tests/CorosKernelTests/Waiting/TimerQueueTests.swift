import Testing

@testable import CorosKernel

@Suite struct TimerQueueTests {
  private struct Model: TimerHolders {
    /// The armed timers, in the order in which they were armed.
    var armed: [(slot: Slot, deadline: Tick, number: Int)] = []

    func holds(_ timer: TimerQueue.Number, in slot: Slot) -> Bool {
      armed.contains { $0.slot == slot && $0.number == timer }
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `it agrees with a sorted list`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var queue = TimerQueue()
    var model = Model()
    for step in 0..<3_000 {
      let isGrowing = (step / 300).isMultiple(of: 2)
      if random.next(below: 10) < (isGrowing ? 7 : 3) {
        let (slot, deadline) = (Slot(random.next(below: 50)), random.next(below: 40))
        model.armed.append((slot, deadline, queue.arm(slot, at: deadline)))
      } else if !model.armed.isEmpty {
        model.armed.remove(at: random.next(below: model.armed.count))
        queue.noteDisarmed(in: model)
      }
      let first = model.armed.min { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
      let earliest = queue.earliest(in: model)
      #expect(earliest?.slot == first?.slot, "seed \(seed), step \(step)")
      #expect(earliest?.deadline == first?.deadline, "seed \(seed), step \(step)")
      #expect(queue.armedCount == model.armed.count)
    }
  }
}
