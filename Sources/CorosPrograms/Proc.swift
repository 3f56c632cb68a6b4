package import CorosKernel

extension Program {
  /// A process as in textbooks: CPU bursts with I/O between them.
  package static var proc: Program {
    Program(
      "proc",
      "alternates between CPU bursts and I/O",
      parameters: [
        Parameter(
          "BURSTS",
          "cN for N ticks of CPU, i for an I/O, separated by commas",
          standard: "c4,i,c1"
        ),
        Parameter("IOTIME", "the length of each I/O, in ticks", standard: "5"),
      ],
      lesson: """
        An I/O costs two ticks of CPU: one to start it, one to receive its result. Between them \
        other tasks can use the CPU. 'procs' spawns several at once.
        """,
      machine: { arguments throws(ProgramArgumentError) in
        .machine(ProcMachine(bursts: try bursts(arguments), ioTime: try ioTime(arguments)))
      }
    ) { arguments throws(ProgramArgumentError) in
      let (bursts, ioTime) = (try bursts(arguments), try ioTime(arguments))
      return .body { os in
        var machine = ProcMachine(bursts: bursts, ioTime: ioTime)
        while let act = machine.next() {
          switch act {
          case .compute: try await os.compute()
          case .performIO: try await os.performIO(ioTime)
          }
        }
      }
    }
  }

  private static func ioTime(_ arguments: ProgramArguments) throws(ProgramArgumentError) -> Tick {
    try arguments.integer(1, in: 0...1_000_000)
  }

  /// Parses `c4,i,c1`; a burst of no ticks, `c0`, is none.
  private static func bursts(
    _ arguments: ProgramArguments
  ) throws(ProgramArgumentError) -> [Burst] {
    var bursts: [Burst] = []
    for word in arguments[0].split(separator: ",", omittingEmptySubsequences: false) {
      guard let burst = Burst(word) else {
        throw ProgramArgumentError(
          argument: 0,
          "'\(word)' is neither cN, for N ticks of CPU from 0 to \(Burst.longest), nor i, for an I/O",
          hint: "for example: proc c4,i,c1"
        )
      }
      if burst.ticks > 0 { bursts.append(burst) }
    }
    return bursts
  }
}

private enum Burst {
  case compute(Tick)
  case io

  static let longest = 1_000_000

  init?(_ text: Substring) {
    if text == "i" {
      self = .io
    } else if text.first == "c", let ticks = Int(text.dropFirst()), 0...Self.longest ~= ticks {
      self = .compute(ticks)
    } else {
      return nil
    }
  }

  /// The CPU ticks that it takes: for an I/O, one to start it and one to receive its result.
  var ticks: Tick {
    switch self {
    case .compute(let ticks): ticks
    case .io: 2
    }
  }
}

/// The same program as a state machine: the current burst, and the ticks of it that are over.
private struct ProcMachine: StateMachine {
  let bursts: [Burst]
  let ioTime: Tick
  private var place = 0
  private var ticks: Tick = 0

  init(bursts: [Burst], ioTime: Tick) {
    self.bursts = bursts
    self.ioTime = ioTime
  }

  enum Act {
    case compute
    case performIO
  }

  /// What the process does in its next CPU tick; nil in its last tick, in which it ends.
  mutating func next() -> Act? {
    guard place < bursts.count else { return nil }
    let burst = bursts[place]
    ticks += 1
    let isFirst = ticks == 1
    if ticks == burst.ticks {
      (place, ticks) = (place + 1, 0)
      if place == bursts.count { return nil }
    }
    if case .io = burst, isFirst { return .performIO }
    return .compute
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    return switch next() {
    case .compute: .compute
    case .performIO: .call(PerformIO(ioTime))
    case nil: .returned
    }
  }
}
