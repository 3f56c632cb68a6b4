import CorosHistory
import CorosInsight
package import CorosKernel

// Settings of the machine, and the choice of the next task.

extension Session {
  /// Changes the policy; the new policy takes over the ready tasks.
  package func use(_ choice: PolicyChoice) {
    policy = choice
    machine.use(choice.make())
    live.wake()
  }

  /// Restarts the random numbers with a seed.
  package func reseed(_ seed: UInt64) {
    machine.reseed(seed)
  }

  /// Sets the maximum number of live tasks.
  package func setTaskLimit(_ limit: Int) {
    machine.act("limit tasks \(limit)") { $0.taskLimit = limit }
  }

  /// Changes what the machine is made of.
  package func use(_ hardware: Hardware) {
    machine.act("machine \(hardware.text)") { $0.hardware = hardware }
  }

  /// The maximum number of bytes kept of each task's output.
  package var outputLimit: Int {
    get { recorders.outputs.limit }
    set { recorders.outputs.limit = newValue }
  }

  /// Makes a ready task run next, for one tick.
  ///
  /// - Throws: If the task is not ready.
  package func pick(_ tid: TaskID) throws(RequestFailure) {
    do throws(SystemCallError) {
      try machine.pick(tid)
    } catch {
      let absent = AbsentTask(tid, scheduler)
      if case .ended = absent { throw .refused(absent.description) }
      throw .refused(error.description)
    }
    live.wake()
  }
}
