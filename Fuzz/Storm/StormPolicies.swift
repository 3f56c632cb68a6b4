package import CorosKernel
import CorosShell

/// The policies that storms blow under: all that the shell knows, and settings worth a storm of their own.
package enum StormPolicies {
  /// Each as one would type it after `--policy`.
  package static var all: [String] {
    PolicyChoice.names + ["rr:quantum=3", "rr:quantum=1000000000"]
  }

  /// Makes a policy from its name and settings; nil when there is none such.
  package static func make(_ spelling: String) -> (any SchedulingPolicy)? {
    (try? PolicyChoice.parse(option: spelling))?.make()
  }
}
