import CorosInsight
package import CorosKernel
package import CorosLanguage
import CorosSession

/// Passes on to other terminals what tasks write, and what happens.
package final class GuestReporter: Observer {
  package private(set) var interests: Event.Kinds = []
  private let onOutput: (Int, String) -> Void
  private let onEvent: (JSON) -> Void
  private var wantsEvents = false

  /// Makes a reporter that passes on nothing yet.
  ///
  /// - Parameters:
  ///   - onOutput: Takes what a task has written.
  ///   - onEvent: Takes an event, as `export --jsonl` writes it.
  package init(
    onOutput: @escaping (Int, String) -> Void,
    onEvent: @escaping (JSON) -> Void
  ) {
    self.onOutput = onOutput
    self.onEvent = onEvent
  }

  /// Chooses what to pass on.
  package func report(output: Bool, events: Bool, from shell: Shell) {
    wantsEvents = events
    interests = events ? .all : output ? [.output] : []
    shell.session.add(self)
  }

  package func observe(_ event: Event) {
    if case .wrote(let text) = event.action { onOutput(event.task.rawValue, text) }
    if wantsEvents { onEvent(event.json) }
  }
}
