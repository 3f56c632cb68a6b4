/// Why a program of the host does not run.
package struct HostProgramRefusal: Error, Equatable, Sendable {
  /// The reason, as a sentence without a full stop.
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}
