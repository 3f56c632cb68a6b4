import CorosKernel
import Testing

@testable import CorosMachine

/// Random programs, step for step beside a second simulator.
@Suite struct MachineModelTests {
  @Test(arguments: 0..<10)
  func `registers, flags, turns and memory are those of the model`(_ block: Int) throws {
    var (steps, crashes) = (0, 0)
    for seed in block * 200..<(block + 1) * 200 {
      let random = RandomAssembly(seed: UInt64(seed))
      let run = try MachineRun(random.text, settings: random.settings, policy: random.policy)
      var model = MachineModel(random.program, registers: random.registers)
      for step in model.run(interval: random.interval, pattern: random.pattern, steps: 80) {
        steps += 1
        if step.registers == nil { crashes += 1 }
        try check(step, run, "seed \(seed), step \(steps) of the block\n\(random.text)")
      }
      for (name, cell) in [("x", 100), ("y", 104), ("z", 116), ("108", 108), ("2000", 2_000)] {
        #expect(try run.cell(name) == model.cell(cell), "seed \(seed)")
      }
    }
    #expect(steps > 3_000)
    #expect(crashes > 20)
  }

  private func check(_ step: MachineModel.Step, _ run: MachineRun, _ place: Comment) throws {
    try #require(run.scheduler.step().task == run.tids[step.thread], place)
    guard let registers = step.registers else {
      let hasFailed = if case .failed? = run.status(step.thread) { true } else { false }
      return try #require(hasFailed, place)
    }
    let state = try #require(run.registers(step.thread), place)
    for register in Register.allCases {
      try #require(state[register] == registers[register.name, default: 0], place)
    }
    try #require(state.flags.text == step.flags, place)
    try #require(state.counter == step.counter, place)
  }
}

extension RandomAssembly {
  /// The policy of its turns.
  var policy: any SchedulingPolicy {
    guard let pattern else { return TimerRoundRobin(interval: interval) }
    return TurnPattern(pattern.map { TaskID(rawValue: $0 + 1) })
  }
}
