import CorosHistory

/// Why no breakpoint can stop the machine.
package enum MissingBreakpoints {
  /// No breakpoint exists.
  case noneSet
  /// All breakpoints are disabled.
  case noneEnabled
}

extension Session {
  /// Why no breakpoint can stop the machine; nil if one can.
  package var missingBreakpoints: MissingBreakpoints? {
    let all = machine.breakpoints.all
    if all.contains(where: \.isEnabled) { return nil }
    return all.isEmpty ? .noneSet : .noneEnabled
  }
}
