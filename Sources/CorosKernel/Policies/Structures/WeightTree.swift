/// Weights by slot, and their running totals: it tells who holds the ticket of a given number.
///
/// A binary indexed tree (Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994). To
/// change a weight and to find a slot by number are O(log n) in the highest slot used.
struct WeightTree {
  /// From 1: place i holds the weights of the slots whose count is the lowest set bit of i, up to i.
  private var sums: ContiguousArray<Int> = [0]
  private var weights = SlotTable<Int>(standard: 0)
  /// The sum of all weights.
  private(set) var total = 0

  /// The weight of a slot; 0 unless it was given one.
  subscript(slot: Slot) -> Int {
    get { weights[slot] }
    set {
      while sums.count <= Int(slot.index) + 1 { appendPlace() }
      let change = newValue - weights[slot]
      weights[slot] = newValue
      total += change
      var place = Int(slot.index) + 1
      while place < sums.count {
        sums[place] += change
        place += place & -place
      }
    }
  }

  /// The first slot at which the weights, added up in order of slots, exceed a number below the total.
  func slot(holding number: Int) -> Slot {
    var place = 0
    var rest = number
    var stride = 1 << (Int.bitWidth - 1 - sums.count.leadingZeroBitCount)
    while stride > 0 {
      let next = place + stride
      if next < sums.count, sums[next] <= rest {
        place = next
        rest -= sums[next]
      }
      stride >>= 1
    }
    // The place is that of the last slot before; places count from 1 and slots from 0.
    return Slot(place)
  }

  /// Adds a place of weight 0 at the end, whose sum covers some of those before.
  private mutating func appendPlace() {
    let place = sums.count
    var sum = 0
    var part = place - 1
    while part > place - (place & -place) {
      sum += sums[part]
      part -= part & -part
    }
    sums.append(sum)
  }
}
