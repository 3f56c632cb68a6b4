/// What an observer rings to have a run stop, or ask its condition, after the step in progress.
///
/// An observer cannot act in the middle of a step, and a run that asks its condition after each step is slower
/// than one that asks now and then. With a bell the condition is asked seldom, and yet in time: an observer keeps
/// what it is told and rings, and the condition takes it from there before the next step.
///
/// One that is rung stays rung until it is answered. Like the scheduler, it belongs to one thread.
public final class Doorbell {
  // Not exclusivity-checked: each step reads it, on the thread on which it is rung.
  /// Whether it has been rung since it was last answered.
  @exclusivity(unchecked) public private(set) var isRung = false
  /// How many times it has been rung so far: whoever remembers the number sees at once whether there is news.
  @exclusivity(unchecked) public private(set) var count = 0

  /// Makes a bell that is not rung.
  public init() {}

  /// Rings the bell; ringing twice before it is answered is the same as once.
  public func ring() {
    isRung = true
    count &+= 1
  }

  /// Answers the bell: it is not rung any more.
  public func answer() { isRung = false }
}
