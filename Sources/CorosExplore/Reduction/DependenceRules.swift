/// What is taken into account when two steps are compared.
///
/// Each of it is needed, or classes are lost: the tests leave one out, and see which.
struct DependenceRules: OptionSet {
  let rawValue: Int

  /// Who wakes or creates a task comes before what that does.
  static let wakes = DependenceRules(rawValue: 1 << 0)
  /// A call that has to wait for an object races with what took it, not with what gave it back.
  static let releases = DependenceRules(rawValue: 1 << 1)
  /// A call that could only wait races with what it waits for, though it was not made.
  static let stuckCalls = DependenceRules(rawValue: 1 << 2)
  /// Each step of a task reads whether the task may go on.
  static let orders = DependenceRules(rawValue: 1 << 3)
  /// Where properties look at objects all the time, any two changes conflict.
  static let looks = DependenceRules(rawValue: 1 << 4)
  /// While a timer runs or somebody asks for the tick, all steps conflict.
  static let time = DependenceRules(rawValue: 1 << 5)

  /// Where it can be told how a task waits, calls are not put off.
  static let queues = DependenceRules(rawValue: 1 << 6)

  static let all: DependenceRules = [
    .wakes, .releases, .stuckCalls, .orders, .looks, .time, .queues,
  ]
}
