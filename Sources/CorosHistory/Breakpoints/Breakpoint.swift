/// A place in the course of a run at which a machine stops.
public struct Breakpoint {
  /// Its number, counted from 1 and never used again.
  public let number: Int
  /// What it stops at.
  public let point: StopPoint
  /// Whether it stops anything at present.
  public var isEnabled = true
  /// Whether it is gone after its first stop.
  public let isTemporary: Bool
  /// How many more times it is to be passed over, going forward.
  public var ignoreCount: Int
  /// How many times it was hit going forward, those included at which it was passed over.
  public internal(set) var hits = 0
}

/// Breakpoints, by their numbers.
public struct Breakpoints {
  /// All there are, the oldest first.
  public private(set) var all: [Breakpoint] = []
  private var last = 0

  /// Begins with none.
  public init() {}

  /// Adds one that is enabled.
  ///
  /// - Parameters:
  ///   - point: what it stops at.
  ///   - isTemporary: whether it is gone after its first stop.
  ///   - ignoreCount: how many times it is passed over first.
  /// - Returns: its number.
  @discardableResult
  public mutating func add(
    _ point: StopPoint,
    isTemporary: Bool = false,
    ignoreCount: Int = 0
  ) -> Int {
    last += 1
    all.append(
      Breakpoint(
        number: last,
        point: point,
        isTemporary: isTemporary,
        ignoreCount: max(0, ignoreCount)
      )
    )
    return last
  }

  /// The breakpoint of a number, to look at and to change; nil when there is none, and to delete it.
  public subscript(number: Int) -> Breakpoint? {
    get { index(of: number).map { all[$0] } }
    set {
      guard let index = index(of: number) else { return }
      if let newValue {
        precondition(newValue.number == number, "a breakpoint keeps its number")
        all[index] = newValue
      } else {
        all.remove(at: index)
      }
    }
  }

  /// Deletes all; their numbers are not used again.
  public mutating func removeAll() { all = [] }

  /// Those that stop anything at present.
  var enabled: [Breakpoint] { all.filter(\.isEnabled) }

  private func index(of number: Int) -> Int? { all.firstIndex { $0.number == number } }

  /// Counts hits in a move forward; those at which the machine is to stop.
  mutating func count(_ hits: [BreakpointHit]) -> [BreakpointHit] {
    hits.filter { hit in
      guard let index = index(of: hit.breakpoint) else { return false }
      all[index].hits += 1
      if all[index].ignoreCount > 0 {
        all[index].ignoreCount -= 1
        return false
      }
      if all[index].isTemporary { all.remove(at: index) }
      return true
    }
  }
}
