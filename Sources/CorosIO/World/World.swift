public import CorosKernel

/// What is outside a machine: files, sockets and real time, and a recording of all that came in.
///
/// A scheduler with a world has calls such as ``Listen`` and ``Receive``, and `Scheduler.serve(ticks:until:)` waits for
/// it:
///
/// ```swift
/// let scheduler = Scheduler()
/// scheduler.wakeSource = World()
/// try scheduler.createTask("echo") { os in
///   let listener = try await os.listen("8080")
///   while true {
///     let connection = try await os.accept(listener)
///     _ = try await os.newTask("connection", giving: [connection]) { os in
///       while case let bytes = try await os.receive(connection), !bytes.isEmpty {
///         try await os.sendAll(bytes, to: connection)
///       }
///     }
///   }
/// }
/// scheduler.serve()
/// ```
///
/// Each answer of the world is put on a tape. A scheduler that is replayed gets its answers from the tape; only at the
/// end of the tape is the world asked. Where a run branches off, the tape does, too: what was open then is open for the
/// old branch only.
public final class World: WakeSource {
  /// What a tick is.
  public var clock: WorldClock { didSet { ticks.restart() } }
  /// The most handles that are open, at the beginning; beyond it, opening one waits.
  private let handleLimit: Int?
  /// The most bytes of the tape; see ``isTapeFull``.
  public var recordingLimit = 64 << 20
  /// Whether what comes in is kept.
  ///
  /// Without a recording a run cannot be repeated or travelled back, and a server that
  /// runs for months does not fill the memory.
  public let isRecorded: Bool
  /// Whether servers may be reached from other machines; as by default, they may not.
  public var listensToAny = false
  /// The device behind it.
  public private(set) var device: any Device

  /// The most handles that may be open at the beginning.
  package var firstHandleLimit: Int { handleLimit ?? DescriptorLimit.standard }

  /// Who records the runs; without it each scheduler that asks is in the present.
  private weak var record: (any RunRecord)?
  private var tapes: [Int: Tape] = [:]
  private var tape = Tape()
  private var branch = 1
  /// In which branch something was opened, by key.
  private var origins: [Int: Int] = [:]
  /// The objects of what is open, by key; the same on all branches on which it is open.
  private var objects: [Int: ObjectID] = [:]
  /// What has come for keys, and was not collected yet.
  private var pending: [Int: UInt8] = [:]
  /// Objects whose connections are broken off, since they belong to another branch.
  private var orphans: [ObjectID] = []
  /// The largest key of anything that was ever open.
  private var lastKey = 0
  /// The objects of handles, by their numbers, as they were made last.
  private var numbers: [Int: ObjectID] = [:]
  private var ticks = TickClock()
  private var lastTick: Tick = 0
  /// The networks in memory of branches that have one of their own.
  private var networks: [Int: SimulatedDevice] = [:]
  /// Whether it keeps to itself what has come, since a journal says when that was noticed.
  package var isQuiet = false
  /// Whether the time between two runs counts, too.
  package var countsPauses = false

  /// Makes a world.
  ///
  /// - Parameters:
  ///   - device: what does the work. Default: the system.
  ///   - clock: what a tick is. Default: time is virtual.
  ///   - handleLimit: the most handles that are open; nil for as many as the system allows, less a few.
  ///   - isRecorded: whether what comes in is kept. Default: yes.
  public init(
    device: any Device = SystemDevice(),
    clock: WorldClock = .virtual,
    handleLimit: Int? = nil,
    isRecorded: Bool = true
  ) {
    self.isRecorded = isRecorded
    self.device = device
    self.clock = clock
    self.handleLimit = handleLimit
  }

  deinit { closeAll() }

  /// Closes all that is open, whoever it belongs to: the machine is not used any more.
  package func closeAll() {
    for key in objects.keys { device.close(key) }
    objects = [:]
  }

  /// All that came in on the present branch, in order.
  public var recording: [TapeEntry] { tape.entries }

  /// Whether the tape has as many bytes as it may: a machine must then stop, as half a tape replays nothing.
  public var isTapeFull: Bool { tape.size >= recordingLimit }

  /// About how many bytes the tape takes.
  public var recordingSize: Int { tape.size }

  // MARK: Waking

  /// Whether something is open, or time is real.
  public var isActive: Bool { !objects.isEmpty || !orphans.isEmpty || clock != .virtual }

  /// Whether it is a network in memory: a run that begins anew finds it as it was at the beginning.
  public var beginsAnew: Bool { device is SimulatedDevice }

  /// Has a time machine record what the world answers.
  public func follow(_ record: any RunRecord) { self.record = record }

  /// The tick that real time has come to; nil where time is virtual.
  public var tick: Tick? {
    guard case .real(let length) = clock else { return nil }
    return ticks.tick(length, at: MonotonicClock.nanoseconds, from: lastTick)
  }

  /// Has real time begin at a tick, unless it goes on.
  public func begin(at tick: Tick) {
    lastTick = tick
    if !countsPauses { ticks.restart() }
    if let now = self.tick, now < tick {
      ticks.restart()
      _ = self.tick
    }
  }

  /// Says what has come for the handles of the present branch, in their order.
  public func collect(waits: Bool, until deadline: Tick?) -> [Arrival] {
    if !isQuiet { take(device.collect(milliseconds: 0)) }
    var found = arrivals()
    if waits, found.isEmpty, !isQuiet {
      take(device.collect(milliseconds: patience(until: deadline)))
      found = arrivals()
    }
    return found
  }

  private func take(_ news: [(key: Int, kinds: UInt8)]) {
    for (key, kinds) in news where objects[key] != nil { pending[key, default: 0] |= kinds }
  }

  private func arrivals() -> [Arrival] {
    var result = orphans.map { Arrival(for: $0, kinds: 3) }
    orphans = []
    if pending.isEmpty { return result }
    for (key, kinds) in pending where origins[key] == branch {
      guard let object = objects[key] else { continue }
      result.append(Arrival(for: object, kinds: kinds))
    }
    pending = pending.filter { origins[$0.key] != branch }
    return result.sorted { $0.object < $1.object }
  }

  /// How many milliseconds to wait at most: to the deadline, and not so long that nobody can interrupt.
  private func patience(until deadline: Tick?) -> Int {
    let most = 50
    guard case .real(let length) = clock, let deadline, deadline < .max, let now = tick else {
      return most
    }
    let (nanoseconds, isTooLong) = UInt64(max(0, deadline - now)).multipliedReportingOverflow(
      by: length
    )
    return isTooLong ? most : Int(min(nanoseconds / 1_000_000, UInt64(most)))
  }

  // MARK: Lines of a journal

  private static let directions = ["-", "r", "w", "rw"]

  /// An arrival as a line: `h3 ready rw`; nil for a handle that is closed by now.
  public func line(for arrival: Arrival, on scheduler: Scheduler) -> String? {
    guard let state = scheduler.value(of: Object<HandleState>(bits: arrival.object.bits)) else {
      return nil
    }
    return "h\(state.number) ready \(Self.directions[Int(arrival.kinds & 3)])"
  }

  /// The arrival that a line tells of, on the machine that has come to it; nil when it tells of something else.
  public func arrival(_ line: String) -> Arrival? {
    let words = line.split(separator: " ")
    guard words.count == 3, words[1] == "ready", words[0].first == "h",
      let number = Int(words[0].dropFirst()),
      let object = numbers[number], let kinds = Self.directions.firstIndex(of: String(words[2]))
    else { return nil }
    return Arrival(for: object, kinds: UInt8(kinds))
  }

  /// Goes on with another device, when the one that played a recording is through.
  ///
  /// What was open in the recording is broken off.
  ///
  /// - Parameters:
  ///   - scheduler: the scheduler, as it stands.
  ///   - makeDevice: makes the device, which gives keys above a number.
  package func goOn(on scheduler: Scheduler, with makeDevice: (Int) -> any Device) {
    device = makeDevice(lastKey)
    origins = [:]
    objects = [:]
    pending = [:]
    breakOff(on: scheduler)
  }

  // MARK: Branches

  /// Has the tape branch off with the run, or goes back to that of an older branch.
  ///
  /// On a new branch, connections of the old one are broken off; those who wait for them learn of it. A branch that
  /// begins before a network in memory was asked for anything has one of its own.
  public func enter(branch number: Int, isNew: Bool, on scheduler: Scheduler) {
    orphans = []
    networks[branch] = device as? SimulatedDevice
    if isNew {
      let state = scheduler.find(WorldState.self, named: WorldState.name).flatMap {
        scheduler.value(of: $0)
      }
      tapes[branch] = tape
      tape = tape.prefix(state?.position ?? 0)
      branch = number
      if tape.entries.isEmpty, let network = device as? SimulatedDevice {
        device = network.anew(after: lastKey)
      }
      breakOff(on: scheduler)
    } else if number != branch {
      tapes[branch] = tape
      tape = tapes[number] ?? Tape()
      branch = number
      if let network = networks[number] { device = network }
    }
  }

  /// Has those who wait for handles that are not open on this branch learn that these are broken off.
  package func breakOff(on scheduler: Scheduler) {
    orphans = scheduler.objects.compactMap { info in
      guard let state = scheduler.value(of: Object<HandleState>(bits: info.id.bits)),
        origins[state.key] != branch
      else { return nil }
      return info.id
    }
  }

  // MARK: Requests

  /// Asks the world, or the tape where that goes on.
  ///
  /// - Parameters:
  ///   - request: what is asked.
  ///   - position: how many answers this machine has had.
  ///   - handle: the number of the handle; 0 for none.
  ///   - sent: how many bytes have gone out by the handle.
  ///   - kernel: the machine.
  /// - Returns: the answer; nil when it is not as recorded.
  func answer(
    _ request: DeviceRequest,
    at position: Int,
    for handle: Int,
    sent: Int,
    in kernel: KernelContext
  ) -> DeviceResult? {
    guard isRecorded else {
      if isPresent(kernel) { return ask(request) }
      kernel.disagree(expected: "a recording of what came in", found: "a world that keeps none")
      return nil
    }
    let (verb, argument) = request.words
    let asked = TapeEntry(handle, verb, argument, .done)
    func agrees(with entry: TapeEntry) -> Bool {
      if entry.handle == handle, entry.verb == verb, entry.argument == argument { return true }
      kernel.disagree(
        expected: "`\(entry.question)`",
        found: "`\(asked.question)`"
          + (verb == "send" ? " at byte \(sent) of what it sends" : "")
      )
      return false
    }
    if position < tape.entries.count {
      let entry = tape.entries[position]
      return agrees(with: entry) ? entry.result : nil
    }
    guard isPresent(kernel) else {
      kernel.disagree(
        expected: "nothing more asked of the world",
        found: "`\(asked.question)`"
      )
      return nil
    }
    let recorded = (device as? RecordedDevice)?.next
    if let recorded {
      guard agrees(with: recorded) else { return nil }
      guard request.mayBeAnswered(recorded.result) else {
        kernel.disagree(
          expected: "`\(recorded.question)`, with an answer that fits",
          found: "an answer that no world gives"
        )
        return nil
      }
    }
    return keep(TapeEntry(handle, verb, argument, ask(request, isKnown: recorded != nil)))
  }

  /// Asks the device.
  ///
  /// - Parameters:
  ///   - request: what is asked.
  ///   - isKnown: whether a recording has the answer, also those that no device gave.
  /// - Returns: the answer.
  private func ask(_ request: DeviceRequest, isKnown: Bool = false) -> DeviceResult {
    let isForeign = request.key.map { origins[$0] != branch } ?? false
    let result: DeviceResult =
      if !isKnown, case .limit = request, let handleLimit {
        .count(handleLimit)
      } else if !isKnown, isForeign {
        .failed(SystemNumbers.reset)
      } else {
        device.perform(request)
      }
    if case .opened(let key, _, _) = result {
      origins[key] = branch
      lastKey = max(lastKey, key)
    }
    return result
  }

  private func keep(_ entry: TapeEntry) -> DeviceResult {
    tape.append(entry)
    record?.note(incoming: entry.description)
    return entry.result
  }

  /// Whether a machine makes new steps, and does not make recorded ones again.
  private func isPresent(_ kernel: KernelContext) -> Bool {
    guard let record else { return true }
    return record.extendingScheduler.map { kernel.belongs(to: $0) } ?? false
  }

  /// Notes by which object something opened is known.
  func note(_ key: Int, is object: ObjectID, number: Int) {
    numbers[number] = object
    if origins[key] == branch, objects[key] == nil { objects[key] = object }
  }

  /// Closes something, if it is the present that closes it.
  func close(_ key: Int, at position: Int, in kernel: KernelContext) {
    guard origins[key] == branch, position >= tape.entries.count, isPresent(kernel) else { return }
    device.close(key)
    objects[key] = nil
    origins[key] = nil
    pending[key] = nil
  }
}

extension DeviceRequest {
  /// Whether an answer makes sense: a recording may have been changed.
  func mayBeAnswered(_ result: DeviceResult) -> Bool {
    switch (self, result) {
    case (_, .again), (_, .failed), (.finish, .done), (.shutdown, .done): true
    case (.open, .opened(let key, _, _)), (.listen, .opened(let key, _, _)),
      (.connect, .opened(let key, _, _)), (.accept, .opened(let key, _, _)):
      key <= Self.largestNumber
    case (.limit, .count(let limit)): limit <= Self.largestNumber
    case (.receive(_, let most), .bytes(let bytes)): bytes.count <= max(1, most)
    case (.send(_, let bytes), .count(let count)): count <= bytes.count
    default: false
    }
  }

  /// No system has as many descriptors.
  private static var largestNumber: Int { 1 << 48 }

  /// The request in two words, for a tape.
  var words: (verb: String, argument: String) {
    switch self {
    case .open(let path, let forWriting): (forWriting ? "append" : "open", path)
    case .limit: ("limit", "")
    case .listen(let address): ("listen", address.description)
    case .connect(let address): ("connect", address.description)
    case .finish: ("finish", "")
    case .accept: ("accept", "")
    case .receive(_, let most): ("receive", String(most))
    case .send(_, let bytes):
      ("send", "\(bytes.count):" + String(PlainBytes.hash(bytes), radix: 16))
    case .shutdown: ("shutdown", "")
    }
  }
}
