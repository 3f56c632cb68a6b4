public import CorosKernel

/// Something that a machine stops at.
public struct Breakpoint {
  /// Its number, counted from 1 and never reused.
  public let number: Int
  /// What it stops at.
  public let point: StopPoint
  /// Whether it is enabled.
  public var isEnabled = true
  /// Whether it is deleted at its first stop.
  public let isTemporary: Bool
  /// Whether hits are only told of, and the machine goes on; see ``TimeMachine/logHits``.
  public let isLogging: Bool
  /// What must hold after the move that hits it; nil for nothing.
  ///
  /// It must change nothing.
  public let condition: ((Scheduler) -> Bool)?
  /// How many more hits are ignored, going forward.
  public var ignoreCount: Int
  /// How many times it was hit going forward, ignored hits included.
  public internal(set) var hits = 0
}

/// Breakpoints, by their numbers.
public struct Breakpoints {
  /// All breakpoints, oldest first.
  public private(set) var all: [Breakpoint] = []
  private var last = 0

  /// Begins with none.
  public init() {}

  /// Adds one that is enabled.
  ///
  /// - Parameters:
  ///   - point: what it stops at.
  ///   - isTemporary: whether it is deleted at its first stop.
  ///   - ignoreCount: how many hits are ignored first.
  ///   - isLogging: whether hits are only told of, and the machine goes on.
  ///   - condition: what must hold after the move that hits it; it must change nothing.
  /// - Returns: its number.
  @discardableResult
  public mutating func add(
    _ point: StopPoint,
    isTemporary: Bool = false,
    ignoreCount: Int = 0,
    isLogging: Bool = false,
    if condition: ((Scheduler) -> Bool)? = nil
  ) -> Int {
    last += 1
    all.append(
      Breakpoint(
        number: last,
        point: point,
        isTemporary: isTemporary,
        isLogging: isLogging,
        condition: condition,
        ignoreCount: max(0, ignoreCount)
      )
    )
    return last
  }

  /// The breakpoint of a number, or nil; setting nil deletes it.
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

  /// Deletes all; their numbers are not reused.
  public mutating func removeAll() { all = [] }

  /// The breakpoints that are enabled.
  var enabled: [Breakpoint] { all.filter(\.isEnabled) }

  private func index(of number: Int) -> Int? { all.firstIndex { $0.number == number } }

  /// Counts the hits of a move forward.
  ///
  /// - Returns: those at which the machine stops, and those that are only told of.
  mutating func count(
    _ hits: [BreakpointHit]
  ) -> (stops: [BreakpointHit], logged: [BreakpointHit]) {
    var counted: (stops: [BreakpointHit], logged: [BreakpointHit]) = ([], [])
    for hit in hits {
      guard let index = index(of: hit.breakpoint) else { continue }
      all[index].hits += 1
      if all[index].ignoreCount > 0 {
        all[index].ignoreCount -= 1
        continue
      }
      if all[index].isLogging {
        counted.logged.append(hit)
      } else {
        counted.stops.append(hit)
      }
      if all[index].isTemporary { all.remove(at: index) }
    }
    return counted
  }
}
