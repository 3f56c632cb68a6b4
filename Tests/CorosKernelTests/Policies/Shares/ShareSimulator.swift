import CorosKernel

/// A policy that charges for CPU, as it is told in a paper.
protocol ShareModel {
  /// A job is ready: it joins if it was away, and is queued.
  mutating func queue(_ job: Int)
  /// A queued job leaves.
  mutating func leave(_ job: Int)
  /// Who runs next, and for how many ticks.
  mutating func choose() -> (job: Int, slice: Tick)?
  /// The running job has had a tick.
  mutating func charge(_ job: Int)
  /// The running job's turn is over; it is queued again if it is still ready.
  mutating func endTurn(_ job: Int, _ end: TurnEnd)
  /// A job's nice value, or its tickets, are others from now on.
  mutating func change(_ job: Int, to share: Int)
}

/// Runs a workload under a model, over plain lists, tick by tick; it shares no code with the kernel.
struct ShareSimulator<Model: ShareModel> {
  private enum State {
    case away
    case queued
    case running
    /// Ready, and stopped.
    case held
    case done
  }

  private let workload: ShareWorkload
  private var model: Model
  private var states: [State]
  private var isStopped: [Bool]
  private var ran: [Tick]
  private var running: (job: Int, left: Tick, isPicked: Bool)?
  /// Who comes, or comes back, at which tick, in the order in which that was known.
  private var comers: [Tick: [Int]] = [:]
  private var now: Tick = 0
  /// The requests for I/O in the order in which the shared device serves them, each with its number of ticks.
  private var requests: [(job: Int, ticks: Tick, end: Tick)] = []
  /// Who ran last, to whom the CPU is being switched, and for how many more ticks.
  private var last: Int?
  private var incoming: Int?
  private var switchLeft: Tick = 0

  init(_ workload: ShareWorkload, _ model: Model) {
    self.workload = workload
    self.model = model
    states = workload.jobs.map { _ in .away }
    isStopped = workload.jobs.map { _ in false }
    ran = workload.jobs.map { _ in 0 }
    for (number, job) in workload.jobs.enumerated() {
      if job.arrival == 0 {
        makeReady(number)
      } else {
        comers[job.arrival, default: []].append(number)
      }
    }
  }

  /// Which job had the CPU in each tick; nil where none had.
  mutating func run() -> [Int?] {
    var ticks: [Int?] = []
    var acts = workload.acts[...]
    while true {
      while let act = acts.first, act.tick <= now {
        acts.removeFirst()
        perform(act)
      }
      for job in comers.removeValue(forKey: now) ?? [] where states[job] == .away { makeReady(job) }
      if running == nil, let choice = model.choose() {
        running = (choice.job, choice.slice, false)
        states[choice.job] = .running
      }
      if running == nil { incoming = nil }
      if let running, switches(to: running.job) {
        ticks.append(nil)
        now += 1
      } else if let running {
        ticks.append(running.job)
        now += 1
        last = running.job
        tick(running.job)
      } else if comers.values.joined().contains(where: { states[$0] == .away }) {
        ticks.append(nil)
        now += 1
      } else if let act = acts.popFirst() {
        perform(act)
      } else {
        return ticks
      }
    }
  }

  /// Whether the CPU must be switched to a job for a tick, still.
  private mutating func switches(to job: Int) -> Bool {
    guard let last, last != job else {
      incoming = nil
      return false
    }
    if incoming != job { (incoming, switchLeft) = (job, workload.hardware.switchTicks) }
    guard switchLeft > 0 else { return false }
    switchLeft -= 1
    return true
  }

  /// Begins a wait for a device, its own or the one for all.
  private mutating func wait(_ job: Int) {
    let ticks = workload.jobs[job].waitTime
    var end = now + ticks
    if workload.hardware.device == .shared {
      end = max(now, requests.last?.end ?? 0) + ticks
      requests.append((job, ticks, end))
    }
    comers[end, default: []].append(job)
  }

  /// Forgets the wait of a job that was killed; those behind it move up.
  private mutating func forget(_ job: Int) {
    guard let place = requests.firstIndex(where: { $0.job == job && $0.end > now }) else { return }
    requests.remove(at: place)
    var free = now
    for index in requests.indices where requests[index].end > now {
      let request = requests[index]
      if request.end - request.ticks > free {
        comers[request.end]?.removeAll { $0 == request.job }
        requests[index].end = free + request.ticks
        comers[requests[index].end, default: []].append(request.job)
      }
      free = requests[index].end
    }
  }

  private mutating func makeReady(_ job: Int) {
    states[job] = isStopped[job] ? .held : .queued
    if !isStopped[job] { model.queue(job) }
  }

  private mutating func tick(_ job: Int) {
    ran[job] += 1
    if running?.isPicked == false { model.charge(job) }
    running?.left -= 1
    switch workload.jobs[job].trap(in: ran[job]) {
    case .ends:
      endTurn(.ended)
      states[job] = .done
    case .waits:
      endTurn(.blocked)
      states[job] = .away
      wait(job)
    case .yields:
      endTurn(.yielded)
      makeReady(job)
    case .changes(let share):
      model.change(job, to: share)
      expire()
    case .computes:
      expire()
    }
  }

  private mutating func expire() {
    guard let running, running.left == 0 else { return }
    endTurn(.expired)
    makeReady(running.job)
  }

  private mutating func endTurn(_ end: TurnEnd) {
    if let running, !running.isPicked { model.endTurn(running.job, end) }
    running = nil
  }

  private mutating func perform(_ act: ShareWorkload.Act) {
    let job = act.job
    guard states[job] != .done else { return }
    switch act.kind {
    case .share(let share):
      model.change(job, to: share)
    case .stop:
      guard !isStopped[job] else { return }
      isStopped[job] = true
      if takeOut(job, .stopped) { states[job] = .held }
    case .resume:
      guard isStopped[job] else { return }
      isStopped[job] = false
      if states[job] == .held { makeReady(job) }
    case .kill:
      if states[job] == .away { forget(job) }
      _ = takeOut(job, .ended)
      states[job] = .done
    case .pick:
      guard states[job] == .queued else { return }
      if let loser = running?.job {
        endTurn(.preempted)
        makeReady(loser)
      }
      model.leave(job)
      states[job] = .running
      running = (job, 1, true)
    }
  }

  /// Takes a job off the CPU or out of the queue; false when it is in neither.
  private mutating func takeOut(_ job: Int, _ end: TurnEnd) -> Bool {
    if incoming == job { incoming = nil }
    switch states[job] {
    case .running: endTurn(end)
    case .queued: model.leave(job)
    case .away, .held, .done: return false
    }
    return true
  }
}
