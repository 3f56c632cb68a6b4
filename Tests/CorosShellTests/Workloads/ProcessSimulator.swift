/// The rules of OSTEP's `process-run.py`, tick by tick over plain lists.
///
/// It shares no code with the kernel, and counts ticks from 1 as that program does.
struct ProcessSimulator {
  enum State { case running, ready, blocked, done }
  enum Instruction { case cpu, io, ioDone }

  let ioTime: Int
  let switchesOnEnd: Bool
  let runsImmediately: Bool
  private var codes: [[Instruction]]
  private var states: [State]
  /// The tick at which the I/O of each process is done.
  private var doneAt: [Int?]
  private var current = 0

  /// Which process ran in each tick; nil for none.
  private(set) var trace: [Int?] = []
  private(set) var cpuBusy = 0
  private(set) var ioBusy = 0

  /// Makes processes of bursts, each a number of ticks, or nil for an I/O.
  init(bursts: [[Int?]], ioTime: Int, switchesOnEnd: Bool, runsImmediately: Bool) {
    self.ioTime = ioTime
    self.switchesOnEnd = switchesOnEnd
    self.runsImmediately = runsImmediately
    codes = bursts.map { list in
      list.flatMap { burst -> [Instruction] in
        burst.map { Array(repeating: .cpu, count: $0) } ?? [.io, .ioDone]
      }
    }
    states = bursts.map { _ in .ready }
    doneAt = bursts.map { _ in nil }
    states[0] = .running
  }

  mutating func run() {
    var tick = 0
    while states.contains(where: { $0 != .done }) {
      tick += 1
      complete(at: tick)
      if doneAt.contains(where: { $0 != nil }) { ioBusy += 1 }
      guard states[current] == .running else {
        trace.append(nil)
        continue
      }
      trace.append(current)
      cpuBusy += 1
      // One without an instruction ends, too; what it does in that tick is a tick of CPU here.
      let instruction = codes[current].isEmpty ? nil : codes[current].removeFirst()
      if instruction == .io {
        states[current] = .blocked
        // Blocked during the following ticks, and back in the one after them.
        doneAt[current] = tick + ioTime + 1
        if !switchesOnEnd { startNext() }
      } else if codes[current].isEmpty {
        states[current] = .done
        startNext()
      }
    }
  }

  private mutating func complete(at tick: Int) {
    for process in states.indices where doneAt[process] == tick {
      doneAt[process] = nil
      states[process] = .ready
      let runnable = states.count { $0 == .ready || $0 == .running }
      if runsImmediately {
        if states[current] == .running { states[current] = .ready }
        start(process)
      } else if switchesOnEnd || runnable == 1 {
        start(process)
      }
    }
  }

  private mutating func start(_ process: Int) {
    current = process
    states[process] = .running
  }

  /// The order from the next process upward, then from 0 up to the present one.
  private mutating func startNext() {
    let order = Array(current + 1..<states.count) + Array(0...current)
    if let next = order.first(where: { states[$0] == .ready }) { start(next) }
  }
}
