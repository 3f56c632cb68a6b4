import CorosKernel

/// Has a time machine record what the world answers.
///
/// Apart from the machine, which the world must not keep alive; the machine says when it goes away, since a weak or an
/// unowned reference would make each answer of the world dearer.
final class MachineRecord: RunRecord {
  // The machine is on the way down the stack whenever this is asked, so no reference need be counted.
  @exclusivity(unchecked) private var machine: Unmanaged<TimeMachine>?

  init(of machine: TimeMachine) { self.machine = .passUnretained(machine) }

  /// Notes that there is no machine any more.
  func end() { machine = nil }

  var isOver: Bool { machine == nil }

  /// The scheduler, when it stands at the end of what is recorded.
  var extendingScheduler: Scheduler? {
    machine?._withUnsafeGuaranteedRef { $0.ahead == 0 ? $0.scheduler : nil }
  }

  /// Notes in the journal what the world has answered.
  func note(incoming line: IncomingLine) {
    machine?._withUnsafeGuaranteedRef { $0.journal.append(.incoming(line, at: $0.moment)) }
  }
}
