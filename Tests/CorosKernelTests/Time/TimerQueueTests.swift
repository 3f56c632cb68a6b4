import Testing

@testable import CorosKernel

@Suite struct TimerQueueTests {
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `it agrees with a sorted list`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var queue = TimerQueue()
    /// The armed timers, in the order of arming.
    var model: [(slot: Slot, deadline: Tick, number: Int)] = []
    func isArmed(_ slot: Slot, _ number: Int) -> Bool {
      model.contains { $0.slot == slot && $0.number == number }
    }
    for step in 0..<3_000 {
      let isGrowing = (step / 300).isMultiple(of: 2)
      if random.next(below: 10) < (isGrowing ? 7 : 3) {
        let (slot, deadline) = (Slot(random.next(below: 50)), random.next(below: 40))
        model.append((slot, deadline, queue.arm(slot, at: deadline)))
      } else if !model.isEmpty {
        model.remove(at: random.next(below: model.count))
        queue.noteDisarmed(isArmed: isArmed)
      }
      let first = model.min { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
      let earliest = queue.earliest(isArmed: isArmed)
      #expect(earliest?.slot == first?.slot, "seed \(seed), step \(step)")
      #expect(earliest?.deadline == first?.deadline, "seed \(seed), step \(step)")
      #expect(queue.armedCount == model.count)
    }
  }
}
