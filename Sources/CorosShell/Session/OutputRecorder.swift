import CorosKernel

/// Keeps what tasks write, and travels with the machine.
final class OutputRecorder: Recorder {
  let interests = Event.Kinds.output
  var outputs = OutputStore()

  func observe(_ event: Event) {
    if case .wrote(let text) = event.action { outputs.append(text, by: event.task) }
  }

  /// What is kept; how much may be is the shell's affair, and does not travel.
  var memory: OutputStore {
    get { outputs }
    set {
      let limit = outputs.limit
      outputs = newValue
      if outputs.limit != limit { outputs.limit = limit }
    }
  }
}
