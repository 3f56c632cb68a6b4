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

  /// Makes the recorders of a machine that runs already: they know its tasks, and not what happened to them.
  package convenience init(joining machine: TimeMachine) {
    self.init(of: machine)
    let scheduler = machine.scheduler
    for task in scheduler.tasks(includingEnded: false) {
      func tell(_ action: Event.Action) {
        timeline.observe(
          Event(numbered: 0, tick: scheduler.now, task: task.tid, action: action)
        )
      }
      tell(.spawned(name: task.name, parent: task.parent))
      switch task.state {
      case .waiting(let reason): tell(.blocked(on: reason, until: task.deadline))
      case .sleeping(let end): tell(.blocked(on: .time, until: end))
      case .new(let arrival): tell(.blocked(on: .arrival, until: arrival))
      case .stopped: tell(.stopped(by: .operator))
      case .ready, .running, .exited: break
      }
    }
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
    for recorder in all { machine.add(recorder) }
  }

  /// Disconnects all recorders from a machine.
  func leave(_ machine: TimeMachine) {
    for recorder in all { machine.remove(recorder) }
  }

  private var all: [any Observer] { [outputRecorder, timeline, lints] }
}
