package import CorosHistory
import CorosInsight
import CorosKernel

// Requests about breakpoints.

extension Session {
  /// Sets a breakpoint.
  ///
  /// - Parameters:
  ///   - point: The condition that stops the machine.
  ///   - note: What the front end keeps about the breakpoint.
  ///   - isTemporary: Whether its first stop removes it.
  ///   - ignoreCount: The number of hits to ignore first, going forward.
  ///   - isLogging: Whether hits are only told of, and the machine goes on.
  ///   - condition: What must hold after the step that hits it.
  /// - Returns: The number of the breakpoint.
  package func setBreakpoint(
    _ point: StopPoint,
    _ note: BreakpointNote,
    isTemporary: Bool = false,
    ignoreCount: Int = 0,
    isLogging: Bool = false,
    if condition: MachineExpression? = nil
  ) -> Int {
    let number = machine.breakpoints.add(
      point,
      isTemporary: isTemporary,
      ignoreCount: ignoreCount,
      isLogging: isLogging,
      if: condition.map { $0.holds }
    )
    breakpointNotes[number] = note
    return number
  }

  /// All breakpoints, the oldest first.
  package var breakpoints: [BreakpointInfo] {
    machine.breakpoints.all.map { breakpoint in
      BreakpointInfo(
        breakpoint: breakpoint,
        note: breakpointNotes[breakpoint.number]
          ?? BreakpointNote(kind: .breakpoint, what: "", label: "")
      )
    }
  }

  /// Enables or disables a breakpoint.
  package func setBreakpoint(_ number: Int, isEnabled: Bool) {
    machine.breakpoints[number]?.isEnabled = isEnabled
  }

  /// Removes a breakpoint and its note.
  package func removeBreakpoint(_ number: Int) {
    machine.breakpoints[number] = nil
    breakpointNotes[number] = nil
  }

  /// Puts a stop into words, and schedules the commands of its breakpoints.
  ///
  /// Call this once for each stop.
  package func note(_ stop: BreakpointStop) -> ExplainedStop {
    let hits = stop.hits.map { explained($0) }
    breakpointNotes.note(stop, machine.breakpoints)
    return ExplainedStop(hits: hits)
  }

  private func explained(_ hit: BreakpointHit) -> ExplainedHit {
    let note = breakpointNotes[hit.breakpoint]
    return ExplainedHit(
      hit: hit,
      kind: note?.kind ?? .breakpoint,
      text: HitWords.sentence(hit, note?.label ?? "", scheduler)
    )
  }

  /// Keeps the hits of breakpoints that only log, for the next call of `poll`.
  func logHits(of machine: TimeMachine) {
    // Not the session itself: a weak reference would make each use of it dearer.
    machine.logHits = { [loggedHits, bell] hits in
      loggedHits.hits += hits
      bell.ring()
    }
  }

  /// Whether breakpoints that were hit have commands to run.
  package var hasBreakpointCommands: Bool { breakpointNotes.hasCommands }

  /// Whether `takeLoggedHits` has any.
  package var hasLoggedHits: Bool { !loggedHits.hits.isEmpty }

  /// The hits of breakpoints that only log, since this was last asked.
  package func takeLoggedHits() -> [ExplainedHit] {
    defer { loggedHits.hits = [] }
    return loggedHits.hits.map { explained($0) }
  }
}
