package import CorosKernel

/// A policy for tests, as the user would type it.
package struct PolicyCase: Sendable, CustomStringConvertible {
  package let description: String
  package let make: @Sendable () -> any SchedulingPolicy

  package init(_ make: @escaping @Sendable () -> any SchedulingPolicy) {
    self.make = make
    description = make().description
  }

  /// Each policy that chooses tasks by itself, and those with settings that change much with some of these.
  package static let all: [PolicyCase] =
    (automatic + [
      "rr:quantum=3", "rr:ties=arrivals", "rr:quantum=3,ties=arrivals", "timer:every=3",
      "pattern:order=2/1/1", "priority:preemptive=no", "priority:aging=5",
      "priority:preemptive=no,aging=5", "mlfq:quanta=1/2/4,allotments=2/1/1,boost=20",
      "mlfq:quanta=2/3,boost=7,stay=yes,iobump=yes", "lottery:quantum=3", "stride:quantum=3",
      "fair:slice=1", "procs:wake=immediate",
    ]).map(named)

  private static let automatic = KnownPolicy.all.map(\.name).filter { $0 != "manual" }

  /// A policy as it is written after `--policy`.
  private static func named(_ spelling: String) -> PolicyCase {
    do {
      return PolicyCase(try PolicyChoice.parse(option: spelling).make)
    } catch {
      fatalError("\(spelling): \(error)")
    }
  }
}
