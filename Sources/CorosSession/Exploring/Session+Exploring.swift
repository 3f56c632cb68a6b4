package import CorosExplore
import CorosHistory
import CorosIO
import CorosInsight
import CorosInterpreter
import CorosKernel
import CorosLanguage
import CorosSync

// Trying what may become of the machine.

extension Session {
  /// Tries schedules from the present moment on; the machine stays as it is.
  ///
  /// - Parameters:
  ///   - order: What is asked.
  ///   - progress: Told now and then how far it has come; what it returns ends it.
  /// - Returns: What was found.
  /// - Throws: Why it cannot be done.
  package func explore(
    _ order: ExplorationOrder,
    progress: @escaping (ExplorationProgress) -> ExplorationReport.Stop?
  ) throws(RequestFailure) -> Exploration {
    try explore(order, order.limits(ofPortion: 0, of: 1, after: nil), progress)
  }

  /// Tries the next portion of an exploration that is kept in a file, and takes in what it finds.
  ///
  /// Where it shows late how tasks wait, or that it matters in which order children end, the portions of classes have
  /// nothing to do with one another: then it begins anew, with one portion for all.
  package func explorePortion(
    of order: ExplorationOrder,
    for file: inout ExplorationFile,
    progress: @escaping (ExplorationProgress) -> ExplorationReport.Stop?
  ) throws(RequestFailure) {
    let limits = order.limits(
      ofPortion: file.portions,
      of: file.header.portions,
      after: file.done
    )
    do {
      file.add(try explored(order, limits, progress, order.portionMemory))
    } catch is IndivisibleClasses where order.limits.shard.count == 1 {
      file = ExplorationFile(file.header.undivided)
      file.add(try explore(order, progress: progress))
    } catch {
      throw Self.failure(error)
    }
  }

  private func explore(
    _ order: ExplorationOrder,
    _ limits: ExplorationLimits,
    _ progress: @escaping (ExplorationProgress) -> ExplorationReport.Stop?
  ) throws(RequestFailure) -> Exploration {
    do {
      return try explored(order, limits, progress)
    } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: any Error) -> RequestFailure {
    guard let unlike = error as? NotComparable else {
      return error as? RequestFailure ?? .refused(String(describing: error))
    }
    let things = unlike.tasks.map { "task \($0)" } + unlike.objects
    return .refused(
      "states can be told apart where all tasks are typed programs; here they cannot, because of "
        + things.joined(separator: ", ") + ": `explore dpor` and `explore dfs` do without"
    )
  }

  private func explored(
    _ order: ExplorationOrder,
    _ limits: ExplorationLimits,
    _ progress: @escaping (ExplorationProgress) -> ExplorationReport.Stop?,
    _ memory: ClassPortions? = nil
  ) throws -> Exploration {
    if let open = handles.first, !start.isSimulated {
      throw RequestFailure.reachesOutside(
        "schedules are tried without the world, and \(open.handle) is open"
      )
    }
    let closedDoor = ClosedDoor()
    var explorer = try explorer(in: World(device: closedDoor, isRecorded: false))
    explorer.properties = properties(order)
    explorer.ignored = order.ignored
    explorer.values = { scheduler in
      JSON.object(scheduler.sharedValues.map { ($0.name, $0.json) }).text
    }
    explorer.progress = progress
    explorer.portions = memory
    let report = try explorer.explore(order.strategy, limits: limits)
    if let request = closedDoor.request {
      throw RequestFailure.reachesOutside(
        "schedules are tried without the world, and here a task wants \(request)"
      )
    }
    return Exploration(report)
  }

  /// An explorer of what may become of the machine, where it has to do without the world.
  ///
  /// A network in memory is no world: each run gets one of its own, on which all is done again that was done before.
  func explorer(in world: World) throws -> Explorer {
    try Explorer(
      futureOf: scheduler,
      after: machine.schedule,
      remake: { [self] in
        do throws(RequestFailure) {
          if start.isSimulated {
            return try remade(in: World(device: SimulatedDevice(), isRecorded: false))
          }
          let scheduler = try remade()
          if scheduler.wakeSource != nil { scheduler.wakeSource = world }
          return scheduler
        } catch .interrupted {
          // What was found until now is kept.
          throw ExplorationInterrupted()
        }
      }
    )
  }

  func properties(_ order: ExplorationOrder) -> [Property] {
    var properties: [Property] = []
    if !checks(areFinal: true).isEmpty {
      properties.append(
        Property(.finally, seesTasks: false) { $0.brokenCheck { isFinal in isFinal } }
      )
    }
    if scheduler.hasChecks {
      var property = Property(.always, seesTasks: false) { $0.brokenCheck { isFinal in !isFinal } }
      property.objects = { $0.checkedCells }
      properties.append(property)
    }
    for check in order.checks {
      properties.append(Property(.finally, check.text) { check.holds($0) })
    }
    for check in order.always {
      var property = Property(.always, check.text) { check.holds($0) }
      property.objects = { check.cells(on: $0) }
      properties.append(property)
    }
    for check in order.never {
      var property = Property(.always) {
        check.holds($0) ? "`\(check.text)` must never hold, and does" : nil
      }
      property.objects = { check.cells(on: $0) }
      properties.append(property)
    }
    if order.forbidsOrphans { properties.append(.noOrphans) }
    return properties
  }

  /// A scheduler as it stands at the present moment.
  ///
  /// Made for each run where a task is an async function. Whoever interrupts does not wait for the end of such runs,
  /// which may be long.
  ///
  /// - Parameter world: What answers again; nil for what is recorded.
  /// - Returns: The scheduler.
  /// - Throws: Why it cannot be made.
  private func remade(in world: World? = nil) throws(RequestFailure) -> Scheduler {
    let scheduler: Scheduler?
    do throws(Divergence) {
      scheduler = try machine.replay(in: world, unless: isInterrupted)
    } catch {
      throw .diverged(error)
    }
    guard let scheduler else { throw .interrupted }
    return scheduler
  }

  // MARK: Landing

  /// Begins a branch that stands at the end of a schedule, after which the operator chooses.
  ///
  /// What tasks write on the way is not shown: it is what the schedule was found for.
  ///
  /// - Returns: Whether the machine has arrived.
  package func land(on failure: FoundFailure) -> Bool { land(on: failure.schedule) }

  func land(on schedule: Schedule) -> Bool {
    let manual = PolicyChoice { OperatorsChoice() }
    // What was recorded for later has no place in another future: a branch ends at the present.
    if machine.ahead > 0 { use(manual) }
    live.stop()
    journeys += 1
    guard machine.reschedule(schedule, then: manual.make()) == .followed else {
      return false
    }
    policy = manual
    return true
  }

  // MARK: Files

  /// A number made of all that led to the present moment; what was tried on other branches does not matter.
  package var momentDigest: String {
    var digest = TextDigest()
    digest.add((JournalText.header(start) + machine.past).joined(separator: "\n"))
    return digest.text
  }

  /// What the results of an exploration from the present moment on belong to.
  ///
  /// - Parameters:
  ///   - version: The version of the program.
  ///   - order: What is asked.
  ///   - words: The words in which it is asked.
  /// - Returns: The header of a file of results.
  /// - Throws: Why the machine cannot be made again.
  package func explorationHeader(
    version: String,
    _ order: ExplorationOrder,
    words: [String]
  ) throws(RequestFailure) -> ExplorationHeader {
    ExplorationHeader(
      version: version,
      digest: momentDigest,
      words: words,
      shard: order.limits.shard,
      portions: order.portions,
      witnesses: try witnesses()
    )
  }

  /// Numbers made of the events of ten random runs, the same ones in each process.
  private func witnesses() throws(RequestFailure) -> [String] {
    do {
      let world = World(device: ClosedDoor(), isRecorded: false)
      return try explorer(in: world).witnesses().map { TextDigest(value: $0).text }
    } catch is ExplorationInterrupted {
      throw .interrupted
    } catch let failure as RequestFailure {
      throw failure
    } catch {
      throw .refused(String(describing: error))
    }
  }
}

extension Property {
  /// That no task ends by itself and leaves a lock held.
  fileprivate static var noOrphans: Property {
    Property(.always) { scheduler in
      for orphan in scheduler.orphans {
        guard let task = scheduler.info(orphan.owner), case .exited(.exited) = task.state else {
          continue
        }
        return "task \(task.tid) (\(task.name)) ended while it held \(orphan.name)"
      }
      return nil
    }
  }
}

/// The world of machines that are only tried: it gives nothing, and notes that it was asked.
final class ClosedDoor: Device {
  /// What was asked first.
  private(set) var request: String?

  func perform(_ request: DeviceRequest) -> DeviceResult {
    switch request {
    // How many handles there may be is no answer of the world yet.
    case .limit: return .count(1)
    case .open: self.request = self.request ?? "to open a file"
    case .listen: self.request = self.request ?? "to listen"
    case .connect: self.request = self.request ?? "to connect"
    default: self.request = self.request ?? "what comes by a handle"
    }
    // Nobody sees what becomes of such a run.
    return .failed(0)
  }

  func close(_ key: Int) {}
  func collect(milliseconds: Int) -> [(key: Int, kinds: UInt8)] { [] }
}
