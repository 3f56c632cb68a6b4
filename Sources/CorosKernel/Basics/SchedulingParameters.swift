/// What a task says about itself, for policies that use it.
///
/// A child inherits all of it but the length.
public struct SchedulingParameters: Hashable, Sendable {
  /// How urgent it is; the larger goes first.
  public var priority: Int
  /// Its share of the CPU, in proportion to the tickets of all.
  public var tickets: Int
  /// How nice it is to others, as in Unix: from -20, not at all, to 19.
  public var nice: Int
  /// The ticks of CPU that it declares to need in all; nil when it does not know.
  public var length: Tick?

  /// Makes parameters, with defaults for what is left out.
  public init(priority: Int = 0, tickets: Int = 100, nice: Int = 0, length: Tick? = nil) {
    self.priority = priority
    self.tickets = tickets
    self.nice = nice
    self.length = length
  }

  /// The valid priorities.
  public static let priorities = -1_000_000...1_000_000
  /// The valid numbers of tickets.
  public static let ticketCounts = 1...1_000_000
  /// The valid nice values.
  public static let niceValues = -20...19

  /// What a child inherits.
  var inherited: SchedulingParameters {
    SchedulingParameters(priority: priority, tickets: tickets, nice: nice)
  }

  /// Refuses values that are not valid.
  func check() throws(SystemCallError) {
    try Self.check("a priority", priority, in: Self.priorities)
    try Self.check("a number of tickets", tickets, in: Self.ticketCounts)
    try Self.check("a nice value", nice, in: Self.niceValues)
    if let length { try Self.check("a length", length, in: 1...endOfTime) }
  }

  private static func check(
    _ what: String,
    _ value: Int,
    in range: ClosedRange<Int>
  ) throws(SystemCallError) {
    guard !range.contains(value) else { return }
    throw .invalidArgument(
      "\(what) is a whole number from \(range.lowerBound) to \(range.upperBound), not \(value)"
    )
  }
}
