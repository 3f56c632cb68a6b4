public import CorosKernel

/// The error of a replay that does not go as the recorded run did: something in it is not deterministic.
public struct Divergence: Error, Hashable, Sendable, CustomStringConvertible {
  /// The moment at which the replay differed.
  public let moment: Int
  /// The tick at which it differed.
  public let tick: Tick
  /// What is recorded.
  public let expected: String
  /// What happened in the replay.
  public let found: String
  /// Why nothing was replayed at all; nil when something was, and differed.
  ///
  /// See ``TimeMachine/replayRefusal``.
  public internal(set) var refusal: String?

  /// What was expected and found, in a sentence without a full stop.
  public var description: String {
    if let refusal { return refusal }
    return
      "the run differs from the recorded one: at tick \(tick) there was \(expected), now \(found)"
  }
}
