import CorosHistory
import CorosInsight
package import CorosKernel

// How the machine is set, and who runs next.

extension Session {
  /// Changes the policy; the ready tasks go over to it as they stand.
  package func use(_ choice: PolicyChoice) {
    policy = choice
    machine.use(choice.make())
    live.wake()
  }

  /// Begins the random numbers anew.
  package func reseed(_ seed: UInt64) {
    machine.reseed(seed)
  }

  /// Sets the most live tasks.
  package func setTaskLimit(_ limit: Int) {
    machine.act("limit tasks \(limit)") { $0.taskLimit = limit }
  }

  /// Changes what the machine is made of.
  package func use(_ hardware: Hardware) {
    machine.act("machine \(hardware.text)") { $0.hardware = hardware }
  }

  /// The most bytes that are kept of what each task writes.
  package var outputLimit: Int {
    get { recorders.outputs.limit }
    set { recorders.outputs.limit = newValue }
  }

  /// Has a ready task run next, for a tick.
  ///
  /// - Throws: That it is not ready.
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
