/// Footprints by numbers, with what is known of which conflict.
///
/// A program has few different ones, and each pair is compared once.
struct FootprintTable {
  private(set) var footprints: ContiguousArray<Footprint> = []
  private var numbers: [Footprint: Int32] = [:]
  /// 0 where a pair was not compared, 1 where it does not conflict, 2 where it does.
  private var known: ContiguousArray<UInt8> = []
  private var side = 0
  private static let most = 2_048

  /// The number of a footprint.
  mutating func number(of footprint: Footprint) -> Int32 {
    if let number = numbers[footprint] { return number }
    let number = Int32(footprints.count)
    numbers[footprint] = number
    footprints.append(footprint)
    if footprints.count > side, side < Self.most {
      side = max(64, 2 * side)
      known = ContiguousArray(repeating: 0, count: side * side)
    }
    return number
  }

  /// The number of a footprint that may well be a known one.
  mutating func number(of footprint: Footprint, likely: Int32?) -> Int32 {
    if let likely, footprints[Int(likely)] == footprint { return likely }
    return number(of: footprint)
  }

  /// Whether the order of two steps can matter.
  @inline(__always)
  mutating func conflict(_ left: Int32, _ right: Int32) -> Bool {
    guard left < side, right < side else { return compare(left, right) }
    let place = Int(left) * side + Int(right)
    if known[place] == 0 { known[place] = compare(left, right) ? 2 : 1 }
    return known[place] == 2
  }

  /// The number of what two steps touch together.
  mutating func union(_ left: Int32, _ right: Int32) -> Int32 {
    var footprint = footprints[Int(left)]
    let other = footprints[Int(right)]
    if other.changes.allSatisfy(footprint.changes.contains),
      other.reads.allSatisfy(footprint.touches),
      footprint.isTimed || !other.isTimed
    {
      return left
    }
    for resource in other.reads { footprint.insert(resource, isChange: false) }
    for resource in other.changes { footprint.insert(resource, isChange: true) }
    footprint.isTimed = footprint.isTimed || other.isTimed
    return number(of: footprint)
  }

  private func compare(_ left: Int32, _ right: Int32) -> Bool {
    footprints[Int(left)].conflicts(with: footprints[Int(right)])
  }
}
