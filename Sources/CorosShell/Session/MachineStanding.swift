import CorosHistory
import CorosKernel
import CorosSession

/// How a machine stands: two are equal unless something has happened between them.
struct MachineStanding: Hashable {
  let machine: ObjectIdentifier
  let journeys: Int
  let moment: Int
  let branch: Int
  let tick: Tick
  let entries: Int
  let breakpoints: Int

  init(_ session: Session) {
    let machine = session.machine
    self.machine = ObjectIdentifier(machine)
    journeys = session.journeys
    moment = machine.moment
    branch = machine.branch
    tick = machine.scheduler.now
    entries = machine.journal.count
    breakpoints = machine.breakpoints.all.count
  }
}

extension Shell {
  /// A number that is another one as soon as anything has happened to the machine, or it runs at another pace.
  package var standing: Int {
    var hasher = Hasher()
    hasher.combine(MachineStanding(session))
    hasher.combine(pace)
    return hasher.finalize()
  }
}
