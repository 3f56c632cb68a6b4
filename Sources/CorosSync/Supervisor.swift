public import CorosKernel

/// Tasks that are started again when they crash, by rules.
///
/// ```swift
/// try await os.supervise(
///   [
///     .init("cache") { os in try await cache(os) },
///     .init("server") { os in try await serve(os) },
///   ],
///   .restForOne
/// )
/// ```
///
/// Children start in the order in which they are given, and stop in reverse.
public enum Supervision {
  /// A task to be kept alive.
  public struct Child {
    /// What it is called in listings.
    public let name: String
    /// When it is started again.
    public let restart: Restart
    let body: TaskBody

    /// Describes a child.
    public init(_ name: String, restart: Restart = .always, _ body: @escaping TaskBody) {
      self.name = name
      self.restart = restart
      self.body = body
    }
  }

  /// Hears that a child is started or stopped: `start` or `stop`, and its name.
  public typealias Note = nonisolated(nonsending) (String, String) async throws -> Void

  /// When a child is started again that has ended.
  public enum Restart: Hashable, Sendable {
    /// However it ended.
    case always
    /// When it ended badly: otherwise than by an exit with 0.
    case afterBadEnd
    /// Never.
    case never
  }

  /// Which children are started again when one is.
  public enum Strategy: String, Hashable, CaseIterable, Sendable {
    /// That one alone.
    case oneForOne = "one_for_one"
    /// All: the others are stopped first.
    case oneForAll = "one_for_all"
    /// That one and those that were started after it.
    case restForOne = "rest_for_one"
  }

  /// The error of a supervisor whose children have crashed too often.
  public struct GaveUp: Error, Hashable, Sendable, CustomStringConvertible {
    /// The child that crashed last.
    public let child: String
    /// How it ended.
    public let status: ExitStatus?
    /// How many restarts were allowed.
    public let restarts: Int
    /// In how many ticks.
    public let within: Tick

    /// The child, and the limit.
    public var description: String {
      "\(child) ended (\(status.map { "\($0)" } ?? "unknown")) after \(restarts) restarts within \(within) ticks"
    }
  }
}

/// The children of a supervisor that run.
private struct Supervisor {
  let children: [Supervision.Child]
  let os: SystemInterface
  let note: Supervision.Note
  /// The monitors of those that run, by their place.
  var monitors: [Monitor?]

  /// Starts children, the first first.
  mutating nonisolated(nonsending) func start(_ places: some Sequence<Int>) async throws {
    for place in places {
      let child = children[place]
      try await note("start", child.name)
      let task = try await os.newTask(child.name, child.body)
      monitors[place] = try await os.monitor(task)
    }
  }

  /// Stops children, the last first.
  mutating nonisolated(nonsending) func stop(_ places: some Collection<Int>) async throws {
    for place in places.sorted(by: >) {
      guard let monitor = monitors[place] else { continue }
      monitors[place] = nil
      try await note("stop", children[place].name)
      try await os.demonitor(monitor)
      try await os.killTask(monitor.task)
    }
  }
}

extension SystemInterface {
  /// Starts children and keeps them alive, until all have ended for good.
  ///
  /// - Parameters:
  ///   - children: the children, in the order in which they start.
  ///   - strategy: which are started again when one is.
  ///   - restarts: how many restarts are allowed within a number of ticks.
  ///   - ticks: that number.
  ///   - note: told of each start and stop, with the name of the child.
  /// - Throws: `Supervision.GaveUp` when that is exceeded, `Cancelled` when the calling task is cancelled; the children
  ///   are stopped first.
  public nonisolated(nonsending) func supervise(
    _ children: [Supervision.Child],
    _ strategy: Supervision.Strategy = .oneForOne,
    restarts: Int = 3,
    within ticks: Tick = 5,
    note: @escaping Supervision.Note = { _, _ in }
  ) async throws {
    var supervisor = Supervisor(
      children: children,
      os: self,
      note: note,
      monitors: Array(repeating: nil, count: children.count)
    )
    var recent: [Tick] = []
    do {
      try await supervisor.start(children.indices)
      while supervisor.monitors.contains(where: { $0 != nil }) {
        let monitors = supervisor.monitors
        let (place, news) = try await receive { message -> (Int, ExitStatus?)? in
          guard case .down(let monitor, let status) = message,
            let place = monitors.firstIndex(of: monitor)
          else { return nil }
          return (place, status)
        }
        var status = news
        // It ended before it could be monitored.
        if status == nil, let task = monitors[place]?.task { status = try await waitTask(task) }
        supervisor.monitors[place] = nil
        let isWanted =
          switch children[place].restart {
          case .always: true
          case .afterBadEnd: status != .exited(0)
          case .never: false
          }
        guard isWanted else { continue }
        let now = try await getTime()
        recent = recent.filter { now - $0 < ticks } + [now]
        if recent.count > restarts {
          throw Supervision.GaveUp(
            child: children[place].name,
            status: status,
            restarts: restarts,
            within: ticks
          )
        }
        let places =
          switch strategy {
          case .oneForOne: place...place
          case .oneForAll: 0...(children.count - 1)
          case .restForOne: place...(children.count - 1)
          }
        try await supervisor.stop(places)
        try await supervisor.start(places)
      }
    } catch let error where !(error is Termination) {
      try await withShield { try await supervisor.stop(children.indices) }
      throw error
    }
  }
}
