import CorosHistory

/// Why no breakpoint can stop anything.
package enum MissingBreakpoints {
  /// There are none.
  case noneSet
  /// All there are are disabled.
  case noneEnabled
}

extension Session {
  /// Why no breakpoint can stop anything; nil when one can.
  package var missingBreakpoints: MissingBreakpoints? {
    let all = machine.breakpoints.all
    if all.contains(where: \.isEnabled) { return nil }
    return all.isEmpty ? .noneSet : .noneEnabled
  }
}
