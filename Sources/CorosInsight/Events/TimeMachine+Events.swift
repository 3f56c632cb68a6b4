package import CorosHistory
package import CorosKernel

extension TimeMachine {
  /// Replays the history up to the present, event by event, in constant memory.
  ///
  /// - Parameter body: Receives an event; false ends the replay.
  /// - Throws: `Divergence`.
  package func replayEvents(_ body: @escaping (Event) -> Bool) throws(Divergence) {
    let listener = Listener(body)
    try replay(for: listener) { !listener.isListening }
  }
}

/// Passes events on until the receiver declines.
private final class Listener: Observer {
  let interests = Event.Kinds.all
  private(set) var isListening = true
  private let body: (Event) -> Bool

  init(_ body: @escaping (Event) -> Bool) { self.body = body }

  func observe(_ event: Event) {
    if isListening { isListening = body(event) }
  }
}
