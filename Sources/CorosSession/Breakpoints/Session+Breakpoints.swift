package import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

// Breakpoints: set, and told of when they have stopped the machine.

/// A hit, and what is said of it.
package struct StopSentence {
  package let hit: BreakpointHit
  package let kind: BreakpointNote.Kind
  package let text: String
}

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

  /// Removes a breakpoint, and what is kept of it.
  package func removeBreakpoint(_ number: Int) {
    machine.breakpoints[number] = nil
    breakpointNotes[number] = nil
  }

  /// Puts a stop into words, and notes that the commands of its breakpoints are due.
  ///
  /// To be called once for each stop.
  ///
  /// - Returns: One sentence a hit.
  package func note(_ stop: BreakpointStop) -> [StopSentence] {
    let sentences = stop.hits.map { hit in
      let note = breakpointNotes[hit.breakpoint]
      return StopSentence(
        hit: hit,
        kind: note?.kind ?? .breakpoint,
        text: HitWords.sentence(hit, note?.label ?? "", scheduler)
      )
    }
    breakpointNotes.note(stop, machine.breakpoints)
    return sentences
  }
}
