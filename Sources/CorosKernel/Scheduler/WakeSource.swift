/// Something outside that wakes tasks: the world, as the kernel sees it.
///
/// A scheduler knows nothing of sockets, files or real time. It has objects that tasks wait for, some of which the
/// world feeds: see ``KernelObject/isFedByWorld``. A wake source says for which of them something has come, and
/// ``Scheduler/serve(ticks:until:)`` asks it: every few steps while tasks are ready, and before it waits when none is.
/// What came is admitted between two steps, so that it can be recorded with its moment and admitted again there.
public protocol WakeSource: AnyObject {
  /// Whether anything can come, or time is real: if not, it need not be asked.
  var isActive: Bool { get }

  /// Whether a run that begins anew finds it as it was at the beginning, and is answered alike. Default: no.
  var beginsAnew: Bool { get }

  /// The tick that real time has come to, beyond which the clock must not go; nil where time is virtual.
  var tick: Tick? { get }

  /// Notes that a run begins, or goes on: real time begins at its tick.
  func begin(at tick: Tick)

  /// Says what has come since it was asked last, in the order of the objects.
  ///
  /// - Parameters:
  ///   - waits: whether to wait while there is nothing: for a short while, so that the caller can look whether it
  ///     is to stop.
  ///   - deadline: the tick at which waiting is to end at the latest; nil for none.
  /// - Returns: what has come, each object once.
  func collect(waits: Bool, until deadline: Tick?) -> [Arrival]

  /// An arrival as a line of a journal; nil if its object is gone.
  func line(for arrival: Arrival, on scheduler: Scheduler) -> String?

  /// The arrival that a line of a journal tells of, on the machine that has come to it; nil when it tells of
  /// something else.
  func arrival(_ line: String) -> Arrival?

  /// Has somebody record all that it answers, and say when a run that is recorded is made again.
  func follow(_ record: any RunRecord)

  /// Notes that the run goes on on another branch.
  ///
  /// - Parameters:
  ///   - branch: the number of the branch.
  ///   - isNew: whether it begins now, where the scheduler stands; if not, it is one that was entered before.
  ///   - scheduler: the scheduler, as it stands at the fork.
  func enter(branch: Int, isNew: Bool, on scheduler: Scheduler)
}

extension WakeSource {
  /// No: the world goes on.
  public var beginsAnew: Bool { false }
}

/// Records a run in which the world takes part: a time machine.
public protocol RunRecord: AnyObject {
  /// Whether nothing is recorded any more, since the machine is gone.
  var isOver: Bool { get }

  /// The scheduler that makes new steps; nil while recorded ones are made again.
  var extendingScheduler: Scheduler? { get }

  /// Notes what the world has answered.
  func note(incoming line: IncomingLine)
}
