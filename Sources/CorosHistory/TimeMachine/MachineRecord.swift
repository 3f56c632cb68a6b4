import CorosKernel

/// Has a time machine record what the world answers.
///
/// Apart from the machine, because the world keeps a weak reference to it: whatever has one is dearer to use.
final class MachineRecord: RunRecord {
  private unowned let machine: TimeMachine

  init(of machine: TimeMachine) { self.machine = machine }

  /// The scheduler, when it stands at the end of what is recorded.
  var extendingScheduler: Scheduler? { machine.ahead == 0 ? machine.scheduler : nil }

  /// Notes in the journal what the world has answered.
  func note(incoming line: IncomingLine) {
    machine.journal.append(.incoming(line, at: machine.moment))
  }
}
