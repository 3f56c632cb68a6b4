package import CorosHistory
import CorosInsight

// Breakpoints: set, and told of when they have stopped the machine.

extension Session {
  /// Sets a breakpoint.
  ///
  /// - Parameters:
  ///   - point: Where it stops.
  ///   - note: What a front end keeps of it.
  ///   - isTemporary: Whether its first stop removes it.
  ///   - ignoreCount: How many hits it passes over first, going forward.
  /// - Returns: Its number.
  package func setBreakpoint(
    _ point: StopPoint,
    _ note: BreakpointNote,
    isTemporary: Bool = false,
    ignoreCount: Int = 0
  ) -> Int {
    let number = machine.breakpoints.add(
      point,
      isTemporary: isTemporary,
      ignoreCount: ignoreCount
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

  /// Has a breakpoint stop the machine, or stop nothing.
  package func setBreakpoint(_ number: Int, isEnabled: Bool) {
    machine.breakpoints[number]?.isEnabled = isEnabled
  }

  /// Removes a breakpoint, and what is kept of it.
  package func removeBreakpoint(_ number: Int) {
    machine.breakpoints[number] = nil
    breakpointNotes[number] = nil
  }

  /// Puts a stop into words, and notes that the commands of its breakpoints are due.
  ///
  /// To be called once for each stop.
  package func note(_ stop: BreakpointStop) -> ExplainedStop {
    let hits = stop.hits.map { hit in
      let note = breakpointNotes[hit.breakpoint]
      return ExplainedHit(
        hit: hit,
        kind: note?.kind ?? .breakpoint,
        text: HitWords.sentence(hit, note?.label ?? "", scheduler)
      )
    }
    breakpointNotes.note(stop, machine.breakpoints)
    return ExplainedStop(hits: hits)
  }
}
