package import CorosKernel

/// Keeps what tasks write, and travels in time with the machine.
package final class OutputRecorder: Recorder {
  package let interests = Event.Kinds.output
  package var outputs = OutputStore()

  package init() {}

  package func observe(_ event: Event) {
    if case .wrote(let text) = event.action { outputs.append(text, by: event.task) }
  }

  /// The kept output.
  ///
  /// Its limit is a setting of the shell and does not travel.
  package var memory: OutputStore {
    get { outputs }
    set {
      let limit = outputs.limit
      outputs = newValue
      if outputs.limit != limit { outputs.limit = limit }
    }
  }
}
