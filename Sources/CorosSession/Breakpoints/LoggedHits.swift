import CorosHistory

/// The hits of breakpoints that only log, which nobody has asked for yet.
final class LoggedHits {
  var hits: [BreakpointHit] = []
}
