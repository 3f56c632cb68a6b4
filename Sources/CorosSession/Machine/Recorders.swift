package import CorosHistory
package import CorosInsight
import CorosKernel

/// What a session records of its machine beside the history: each part travels with the machine.
package final class Recorders {
  /// What each task did in each tick.
  package let timeline = TimelineRecorder()
  /// What tasks have written.
  package let outputRecorder = OutputRecorder()
  /// What is most likely a mistake.
  package let lints = LintRecorder()

  package init() {}

  /// What tasks have written, as far as it is kept.
  package var outputs: OutputStore {
    get { outputRecorder.outputs }
    _modify { yield &outputRecorder.outputs }
  }

  /// Listens to a machine; one that listens already goes on.
  package func listen(to machine: TimeMachine) {
    for recorder in [outputRecorder, timeline, lints] as [any Observer] { machine.add(recorder) }
  }
}
