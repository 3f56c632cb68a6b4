package import CorosKernel

/// The policies of storms: all named ones, and settings that deserve a storm of their own.
package enum StormPolicies {
  /// Each policy, as typed after `--policy`.
  package static var all: [String] {
    PolicyChoice.names + [
      "rr:quantum=3", "rr:quantum=1000000000", "priority:aging=5", "lottery:quantum=3",
      "procs:switch=end", "procs:wake=immediate",
      "mlfq:quanta=1/2/4,allotments=2/1/1,boost=20", "mlfq:quanta=2/3,boost=7,stay=yes,iobump=yes",
    ]
  }

  /// Makes a policy from its name and settings; nil if there is no such policy.
  package static func make(_ spelling: String) -> (any SchedulingPolicy)? {
    (try? PolicyChoice.parse(option: spelling))?.make()
  }
}
