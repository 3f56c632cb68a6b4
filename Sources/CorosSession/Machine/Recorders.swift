package import CorosHistory
package import CorosInsight
import CorosKernel

/// What a session records about its machine besides the history; each recorder travels with the machine.
package final class Recorders {
  /// What each task did in each tick.
  package let timeline = TimelineRecorder()
  /// The output of the tasks.
  package let outputRecorder = OutputRecorder()
  /// The likely mistakes.
  package let lints: LintRecorder

  /// Makes the recorders of a machine that has not begun.
  package init(of machine: TimeMachine) {
    lints = LintRecorder(policy: machine.scheduler.policyDescription)
  }

  /// Who holds what, who waits for it, and for how long.
  package var sharing: SharingBook { lints.memory.sharing }

  /// The output of the tasks, as far as it is kept.
  package var outputs: OutputStore {
    get { outputRecorder.outputs }
    _modify { yield &outputRecorder.outputs }
  }

  /// Connects all recorders to a machine; those already connected are unaffected.
  package func listen(to machine: TimeMachine) {
    for recorder in [outputRecorder, timeline, lints] as [any Observer] { machine.add(recorder) }
  }
}
