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
  @exclusivity(unchecked) public private(set) var device: any Device

  /// The most handles that may be open at the beginning.
  package var firstHandleLimit: Int { handleLimit ?? DescriptorLimit.standard }

  /// Who records the runs; without it each scheduler that asks is in the present.
  // Not exclusivity-checked, as others here: each request touches them, on the thread of the machine.
  @exclusivity(unchecked) private var record: (any RunRecord)?
  private var tapes: [Int: Tape] = [:]
  @exclusivity(unchecked) private var tape = Tape()
  @exclusivity(unchecked) private var branch = 1
  /// What is open, by key.
  @exclusivity(unchecked) private var opened = KeyTable<OpenedKey>()
  /// How many of them are objects of the machine.
  private var objectCount = 0
  /// What has come for keys, and was not collected yet.
  @exclusivity(unchecked) private var pending: [Int: UInt8] = [:]
  /// Objects whose connections are broken off, since they belong to another branch.
  @exclusivity(unchecked) private var orphans: [ObjectID] = []
  /// Whether handles may have keys that are not open on the present branch.
  @exclusivity(unchecked) private var mayBeForeign = false
  /// The largest key of anything that was ever open.
  @exclusivity(unchecked) private var lastKey = 0
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
    for key in opened.keys { device.close(key) }
    forgetOpened()
  }

  private func forgetOpened() {
    opened = KeyTable()
    objectCount = 0
    mayBeForeign = true
  }

  /// Whether a key was opened on the present branch.
  private func isOurs(_ key: Int) -> Bool {
    opened[key]?.branch == Int32(truncatingIfNeeded: branch)
  }

  /// All that came in on the present branch, in order.
  public var recording: [TapeEntry] { tape.entries }

  /// Whether the tape has as many bytes as it may: a machine must then stop, as half a tape replays nothing.
  public var isTapeFull: Bool { tape.size >= recordingLimit }

  /// About how many bytes the tape takes.
  public var recordingSize: Int { tape.size }

  // MARK: Waking

  /// Whether something is open, or time is real.
  public var isActive: Bool { objectCount > 0 || !orphans.isEmpty || clock != .virtual }

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
    if isQuiet { return arrivals(with: []) }
    // What is known already must not wait, nor what came for another branch keep this one from waiting.
    if pending.isEmpty, orphans.isEmpty {
      return arrivals(with: device.collect(milliseconds: waits ? patience(until: deadline) : 0))
    }
    let found = arrivals(with: device.collect(milliseconds: 0))
    if !waits || !found.isEmpty { return found }
    return arrivals(with: device.collect(milliseconds: patience(until: deadline)))
  }

  /// What has come for the present branch; what has come for others waits until they are gone to.
  private func arrivals(with news: [(key: Int, kinds: UInt8)]) -> [Arrival] {
    if news.isEmpty, pending.isEmpty, orphans.isEmpty { return [] }
    var result = orphans.map { Arrival(for: $0, kinds: 3) }
    orphans = []
    for (key, kinds) in pending { add(kinds, for: key, to: &result) }
    if !pending.isEmpty { pending = pending.filter { !isOurs($0.key) } }
    for (key, kinds) in news where opened[key]?.object != nil {
      if !add(kinds, for: key, to: &result) { pending[key, default: 0] |= kinds }
    }
    return result.inOrder
  }

  /// Adds what has come for a key, if that is open on the present branch.
  @discardableResult
  private func add(_ kinds: UInt8, for key: Int, to arrivals: inout [Arrival]) -> Bool {
    guard isOurs(key), let object = opened[key]?.object else { return false }
    arrivals.append(Arrival(for: object, kinds: kinds))
    return true
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
    guard
      let number = scheduler.value(of: Object<HandleState>(bits: arrival.object.bits))?.facts.number
    else { return nil }
    // Put together as bytes, and mostly so short that it needs no memory: there is one for each message.
    let direction = Self.directions[Int(arrival.kinds & 3)]
    var (digits, unit) = (1, 1)
    while number / unit >= 10 { (digits, unit) = (digits + 1, unit * 10) }
    return String(unsafeUninitializedCapacity: 8 + digits + direction.utf8.count) { bytes in
      var count = 0
      func put(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
      }
      put(0x68)
      while unit > 0 {
        put(UInt8(truncatingIfNeeded: 0x30 + number / unit % 10))
        unit /= 10
      }
      for byte in " ready ".utf8 { put(byte) }
      for byte in direction.utf8 { put(byte) }
      return count
    }
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
    forgetOpened()
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
    mayBeForeign = true
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
        !isOurs(state.facts.key)
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
      if isPresent(kernel, of: record) { return ask(request) }
      kernel.disagree(expected: "a recording of what came in", found: "a world that keeps none")
      return nil
    }
    let question = TapeQuestion(request)
    func agrees(with entry: TapeEntry) -> Bool {
      if entry.answers(question, of: handle) { return true }
      kernel.disagree(
        expected: "`\(entry.question)`",
        found: "`\(question.text(of: handle))`"
          + (question.isSending ? " at byte \(sent) of what it sends" : "")
      )
      return false
    }
    if position < tape.entries.count {
      let entry = tape.entries[position]
      return agrees(with: entry) ? entry.result : nil
    }
    let record = record
    guard isPresent(kernel, of: record) else {
      kernel.disagree(
        expected: "nothing more asked of the world",
        found: "`\(question.text(of: handle))`"
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
    let entry = TapeEntry(handle, question, ask(request, isKnown: recorded != nil))
    tape.append(entry)
    record?.note(incoming: IncomingLine(of: entry.record))
    return entry.result
  }

  /// Asks the device.
  ///
  /// - Parameters:
  ///   - request: what is asked.
  ///   - isKnown: whether a recording has the answer, also those that no device gave.
  /// - Returns: the answer.
  private func ask(_ request: DeviceRequest, isKnown: Bool = false) -> DeviceResult {
    let isForeign = mayBeForeign && request.key.map { !isOurs($0) } ?? false
    let result: DeviceResult =
      if !isKnown, case .limit = request, let handleLimit {
        .count(handleLimit)
      } else if !isKnown, isForeign {
        .failed(SystemNumbers.reset)
      } else {
        device.perform(request)
      }
    if case .opened(let key, _, _) = result {
      opened[key] = OpenedKey(object: nil, branch: Int32(truncatingIfNeeded: branch))
      lastKey = max(lastKey, key)
    }
    return result
  }

  /// Whether a machine makes new steps, and does not make recorded ones again.
  private func isPresent(_ kernel: KernelContext, of record: (any RunRecord)?) -> Bool {
    guard let record, !record.isOver else { return true }
    return record.extendingScheduler.map { kernel.belongs(to: $0) } ?? false
  }

  /// Notes by which object something opened is known.
  func note(_ key: Int, is object: ObjectID, number: Int) {
    // Only lines of a recording name handles by number.
    if isRecorded { numbers[number] = object }
    guard isOurs(key), var known = opened[key], known.object == nil else { return }
    known.object = object
    opened[key] = known
    objectCount += 1
  }

  /// Closes something, if it is the present that closes it.
  func close(_ key: Int, at position: Int, in kernel: KernelContext) {
    guard isOurs(key), position >= tape.entries.count, isPresent(kernel, of: record)
    else { return }
    device.close(key)
    if opened.removeValue(forKey: key)?.object != nil { objectCount -= 1 }
    if !pending.isEmpty { pending[key] = nil }
  }
}
