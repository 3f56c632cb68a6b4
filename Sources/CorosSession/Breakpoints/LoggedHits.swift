import CorosHistory

/// The hits of breakpoints that only log, which nobody has asked for yet.
final class LoggedHits {
  // Not exclusivity-checked: each command asks whether there are any.
  @exclusivity(unchecked) var hits: [BreakpointHit] = []
}
