/// The policy in force: round robin as the value that it is, any other in a box.
///
/// Round robin is the default, and what it costs is a good part of what a step costs: called without
/// the detour through a box, it is half of that.
struct InstalledPolicy {
  private let isRoundRobin: Bool
  private var roundRobin = RoundRobin()
  private var other: any SchedulingPolicy = RoundRobin()

  init(_ policy: any SchedulingPolicy) {
    if let policy = policy as? RoundRobin {
      isRoundRobin = true
      roundRobin = policy
    } else {
      isRoundRobin = false
      other = policy
    }
  }

  var policy: any SchedulingPolicy { isRoundRobin ? roundRobin : other }

  @inline(__always)
  mutating func enqueue(_ task: TaskHandle) {
    if isRoundRobin { roundRobin.enqueue(task) } else { other.enqueue(task) }
  }

  mutating func remove(_ task: TaskHandle) {
    if isRoundRobin { roundRobin.remove(task) } else { other.remove(task) }
  }

  @inline(__always)
  mutating func next() -> Choice? {
    isRoundRobin ? roundRobin.next() : other.next()
  }
}
