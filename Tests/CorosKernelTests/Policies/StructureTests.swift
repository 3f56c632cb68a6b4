import Testing

@testable import CorosKernel

/// The structures beneath the policies, beside plain lists that do the same.
@Suite struct StructureTests {
  private static let slots = 60

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `a heap of slots gives them by rank, whatever was taken out or changed`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var heap = SlotHeap<Rank>()
    var model: [Slot: Rank] = [:]
    func first() -> Slot? { model.min { $0.value < $1.value }?.key }
    for number in 0..<3_000 {
      let slot = Slot(random.next(below: Self.slots))
      let rank = Rank(value: random.next(below: 20), arrival: number)
      switch random.next(below: 4) {
      case 0 where model[slot] != nil:
        heap.remove(slot)
        model[slot] = nil
      case 1 where model[slot] != nil:
        heap.update(slot, rank)
        model[slot] = rank
      case 2:
        let expected = first()
        #expect(heap.popFirst() == expected)
        if let expected { model[expected] = nil }
      default:
        guard model[slot] == nil else { continue }
        heap.insert(slot, rank)
        model[slot] = rank
      }
      #expect(heap.first?.slot == first())
      #expect(heap.isEmpty == model.isEmpty)
      #expect(heap.key(of: slot) == model[slot])
    }
    #expect(heap.sorted == model.sorted { $0.value < $1.value }.map(\.key))
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `a tree of weights finds who holds each number`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var tree = WeightTree()
    var weights = [Int](repeating: 0, count: 70)
    for _ in 0..<200 {
      let slot = random.next(below: weights.count)
      weights[slot] = random.next(below: 3) == 0 ? 0 : random.next(below: 9)
      tree[Slot(slot)] = weights[slot]
      #expect(tree[Slot(slot)] == weights[slot])
      #expect(tree.total == weights.reduce(0, +))
      let holders = weights.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
      #expect((0..<tree.total).map { Int(tree.slot(holding: $0).index) } == holders)
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `a tree of deadlines finds the first whose time has come`(seed: UInt64) {
    struct Entry {
      var slot: Slot
      var start: Int128
      var deadline: Int128
      var arrival: Int
    }
    var random = RandomSource(seed: seed)
    var tree = DeadlineTree()
    var model: [Entry] = []
    for arrival in 0..<2_000 {
      let slot = Slot(random.next(below: Self.slots))
      let start = Int128(random.next(below: 100)) - 20
      let deadline = Int128(random.next(below: 30))
      if let index = model.firstIndex(where: { $0.slot == slot }) {
        if random.next(below: 3) == 0 {
          tree.update(slot, start: start, deadline: deadline)
          model[index].start = start
          model[index].deadline = deadline
        } else {
          tree.remove(slot)
          model.remove(at: index)
        }
      } else {
        tree.insert(slot, start: start, deadline: deadline)
        model.append(Entry(slot: slot, start: start, deadline: deadline, arrival: arrival))
      }
      // By deadline, and in the order of coming among equals, also after a change.
      model.sort { ($0.deadline, $0.arrival) < ($1.deadline, $1.arrival) }
      let now = Int128(random.next(below: 100)) - 20
      #expect(tree.first(startedBy: now) == model.first { $0.start <= now }?.slot)
      #expect(tree.slots == model.map(\.slot))
    }
  }

  @Test func `a table gives the standard value for what was never set`() {
    var table = SlotTable(standard: 7)
    #expect(table[Slot(3)] == 7)
    table[Slot(3)] += 1
    #expect(table[Slot(3)] == 8)
    #expect(table[Slot(2)] == 7)
    #expect(table[Slot(1_000)] == 7)
  }
}
