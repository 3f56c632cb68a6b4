package import CorosExplore
import CorosHistory
import CorosIO
import CorosInsight
import CorosInterpreter
import CorosKernel
import CorosLanguage

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
    file.add(try explore(order, limits, progress))
  }

  private func explore(
    _ order: ExplorationOrder,
    _ limits: ExplorationLimits,
    _ progress: @escaping (ExplorationProgress) -> ExplorationReport.Stop?
  ) throws(RequestFailure) -> Exploration {
    if let open = handles.first {
      throw .reachesOutside("schedules are tried without the world, and \(open.handle) is open")
    }
    let closedDoor = ClosedDoor()
    do {
      var explorer = try explorer(in: World(device: closedDoor, isRecorded: false))
      explorer.properties = properties(order)
      explorer.ignored = order.ignored
      explorer.values = { scheduler in
        JSON.object(scheduler.sharedValues.map { ($0.name, $0.json) }).text
      }
      explorer.progress = progress
      let report = try explorer.explore(order.strategy, limits: limits)
      if let request = closedDoor.request {
        throw RequestFailure.reachesOutside(
          "schedules are tried without the world, and here a task wants \(request)"
        )
      }
      return Exploration(report)
    } catch let failure as RequestFailure {
      throw failure
    } catch {
      throw .refused(String(describing: error))
    }
  }

  /// An explorer of what may become of the machine, where it has to do without the world.
  func explorer(in world: World) throws -> Explorer {
    try Explorer(
      futureOf: scheduler,
      after: machine.schedule,
      remake: { [self] in
        do throws(RequestFailure) {
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
      properties.append(
        Property(.always, seesTasks: false) { $0.brokenCheck { isFinal in !isFinal } }
      )
    }
    for check in order.checks {
      properties.append(Property(.finally, check.text) { check.holds($0) })
    }
    for check in order.always {
      properties.append(Property(.always, check.text) { check.holds($0) })
    }
    return properties
  }

  /// A scheduler as it stands at the present moment.
  ///
  /// Made for each run where a task is an async function. Whoever interrupts does not wait for the end of such runs,
  /// which may be long.
  private func remade() throws(RequestFailure) -> Scheduler {
    let scheduler: Scheduler?
    do throws(Divergence) {
      scheduler = try machine.replay(unless: isInterrupted)
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
    guard machine.reschedule(schedule, then: manual.make()) == .followed else {
      return false
    }
    policy = manual
    return true
  }

  // MARK: Files

  /// A number made of all that led to the present moment.
  package var momentDigest: String {
    var digest = TextDigest()
    digest.add(journalText)
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
