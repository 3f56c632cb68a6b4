import CorosKernel

/// A second simulator, which shares no code with the first: no parser, no kernel, registers by name.
struct MachineModel {
  /// An operand as the program means it.
  enum Part {
    case constant(Int)
    case register(String)
    case memory(number: Int, base: String?, index: String?, scale: Int)
    case target(Int)
  }

  struct Step {
    let thread: Int
    /// The registers after the instruction; nil when it cannot be executed.
    let registers: [String: Int]?
    let flags: String
    let counter: Int
  }

  private struct Thread {
    var counter = 0
    var registers: [String: Int] = [:]
    var flags = "000000"
    var lives = true
  }

  private struct Crash: Error {}

  private static let start = 1_000
  private static let size = 128 * 1_024

  let program: [(name: String, parts: [Part])]
  private var threads: [Thread]
  private var memory: [Int: Int] = [:]

  init(_ program: [(name: String, parts: [Part])], registers: [[String: Int]]) {
    self.program = program
    threads = registers.enumerated().map { number, values in
      var thread = Thread()
      thread.registers = values
      thread.registers["sp"] = 128_000 - 1_000 * number
      return thread
    }
  }

  /// Runs until all have ended, or for `limit` steps; the turns follow `pattern` if there is one.
  mutating func run(interval: Int, pattern: [Int]?, steps limit: Int) -> [Step] {
    var steps: [Step] = []
    var (left, place) = (interval, 0)
    var current = pattern?[0] ?? 0
    while steps.count < limit {
      let number = threads[current].counter
      let name = program.indices.contains(number) ? program[number].name : ""
      var registers: [String: Int]?
      do {
        try execute(current)
        registers = threads[current].registers
      } catch {
        threads[current].lives = false
      }
      if name == "halt" { threads[current].lives = false }
      steps.append(
        Step(
          thread: current,
          registers: registers,
          flags: threads[current].flags,
          counter: Self.start + threads[current].counter
        )
      )
      guard threads.contains(where: \.lives) else { break }
      if let pattern {
        repeat { place = (place + 1) % pattern.count } while !threads[pattern[place]].lives
        current = pattern[place]
        continue
      }
      left -= 1
      let isOver = left == 0 || name == "yield" && threads[current].lives
      if isOver { left = interval }
      if isOver || !threads[current].lives {
        repeat { current = (current + 1) % threads.count } while !threads[current].lives
      }
    }
    return steps
  }

  /// What a cell contains.
  func cell(_ number: Int) -> Int { memory[number, default: 0] }

  private func check(_ cell: Int) throws {
    let isCode = cell >= Self.start && cell < Self.start + program.count
    if cell < 0 || cell >= Self.size || isCode { throw Crash() }
  }

  private func load(_ cell: Int) throws -> Int {
    try check(cell)
    return memory[cell, default: 0]
  }

  private mutating func store(_ value: Int, _ cell: Int) throws {
    try check(cell)
    memory[cell] = value
  }

  private mutating func execute(_ thread: Int) throws {
    let start = threads[thread].counter
    guard program.indices.contains(start) else { throw Crash() }
    let (name, parts) = program[start]
    var state = threads[thread]
    state.counter += 1

    func address(_ part: Part) -> Int {
      guard case .memory(let number, let base, let index, let scale) = part else { return 0 }
      let (first, second) = (base.map { state.registers[$0, default: 0] }, index)
      return number + (first ?? 0) + scale * (second.map { state.registers[$0, default: 0] } ?? 0)
    }
    func value(_ part: Part) throws -> Int {
      switch part {
      case .constant(let number), .target(let number): number
      case .register(let name): state.registers[name, default: 0]
      case .memory: try load(address(part))
      }
    }
    func target(_ part: Part) -> Int { if case .target(let line) = part { line } else { 0 } }
    func word(_ part: Part) -> String { if case .register(let name) = part { name } else { "" } }
    func arithmetic(_ operation: (Int, Int) -> (Int, Bool)) throws {
      let (result, overflows) = operation(try value(parts[1]), try value(parts[0]))
      if overflows { throw Crash() }
      state.registers[word(parts[1])] = result
    }
    let stack = state.registers["sp", default: 0]

    switch name {
    case "mov":
      let moved = try value(parts[0])
      if case .register(let name) = parts[1] {
        state.registers[name] = moved
      } else {
        try store(moved, address(parts[1]))
      }
    case "lea": state.registers[word(parts[1])] = address(parts[0])
    case "add": try arithmetic { $0.addingReportingOverflow($1) }
    case "sub": try arithmetic { $0.subtractingReportingOverflow($1) }
    case "mul": try arithmetic { $0.multipliedReportingOverflow(by: $1) }
    case "neg": state.registers[word(parts[0])] = -(try value(parts[0]))
    case "test":
      let (first, second) = (try value(parts[0]), try value(parts[1]))
      let found = [
        second >= first, second > first, second <= first, second < first, second != first,
        second == first,
      ]
      state.flags = found.map { $0 ? "1" : "0" }.joined()
    case "j", "jgte", "jgt", "jlte", "jlt", "jne", "je":
      let order = ["jgte", "jgt", "jlte", "jlt", "jne", "je"]
      let flag = order.firstIndex(of: name)
      if flag.map({ Array(state.flags)[$0] == "1" }) ?? true { state.counter = target(parts[0]) }
    case "xchg", "fetchadd":
      let cell = address(parts[1])
      let (old, own) = (try load(cell), try value(parts[0]))
      try store(name == "xchg" ? own : old + own, cell)
      state.registers[word(parts[0])] = old
    case "call":
      try store(Self.start + state.counter, stack - 4)
      state.registers["sp"] = stack - 4
      state.counter = target(parts[0])
    case "ret":
      state.counter = try load(stack) - Self.start
      state.registers["sp"] = stack + 4
    case "push":
      let isMemory = if case .memory = parts[0] { true } else { false }
      try store(isMemory ? address(parts[0]) : try value(parts[0]), stack - 4)
      state.registers["sp"] = stack - 4
    case "pop":
      if let part = parts.first {
        state.registers[word(part)] = try load(stack)
      }
      state.registers["sp"] = stack + 4
    default: break
    }
    threads[thread] = state
  }
}
