import CorosKernel
import Testing

@testable import CorosMachine

/// What each instruction does.
@Suite struct InstructionTests {
  /// Runs instructions, and returns the registers that are not 0, without the stack pointer.
  private func run(
    _ lines: String
  ) throws -> (registers: [String: Int], flags: String, run: MachineRun) {
    let run = try MachineRun(lines + "\nhalt\n")
    _ = run.scheduler.runEventLoop()
    let state = try #require(run.registers(0))
    var registers: [String: Int] = [:]
    for register in Register.allCases where register != .sp && state[register] != 0 {
      registers[register.name] = state[register]
    }
    #expect(run.status(0) == .exited(0))
    return (registers, state.flags.text, run)
  }

  @Test(arguments: [
    ("mov $5, %ax\nmov %ax, %bx", ["ax": 5, "bx": 5]),
    ("mov $-5, %ax\nneg %ax", ["ax": 5]),
    ("mov $7, 2000\nmov 2000, %cx\nmov %cx, 2004\nmov 2004, %dx", ["cx": 7, "dx": 7]),
    ("mov $3, %ax\nadd $4, %ax\nmov $2, %bx\nmul %ax, %bx\nsub %ax, %bx", ["ax": 7, "bx": 7]),
    (
      "mov $8, %ax\nmov $3, %bx\nlea 100(%ax,%bx,4), %cx\nlea (,%bx,10), %dx\nlea -4(%ax), %ex",
      ["ax": 8, "bx": 3, "cx": 120, "dx": 30, "ex": 4]
    ),
    (".var x 3\n.var y\nlea y, %ax\nmov $9, y\nmov 112, %bx", ["ax": 112, "bx": 9]),
    ("mov $1, %ax\nxchg %ax, 2000\nmov 2000, %bx", ["bx": 1]),
    ("mov $5, 2000\nmov $2, %ax\nfetchadd %ax, 2000\nmov 2000, %bx", ["ax": 5, "bx": 7]),
    ("mov $6, %ax\npush %ax\nmov $1, %ax\npop %bx", ["ax": 1, "bx": 6]),
    ("push 2000\npop %ax", ["ax": 2000]),
    ("call .f\nmov $1, %bx\nj .end\n.f\nmov $2, %ax\nret\n.end", ["ax": 2, "bx": 1]),
    ("mov $5, %ax # five # twice\n\n  # nothing\n  mov %ax , %bx", ["ax": 5, "bx": 5]),
    ("mov $1, %ax\nj .there\nmov $2, %ax\n.there\n.also\nnop", ["ax": 1]),
  ])
  func `instructions change registers and cells`(_ lines: String, _ expected: [String: Int]) throws
  {
    #expect(try run(lines).registers == expected)
  }

  @Test(arguments: [(1, "001110"), (2, "101001"), (3, "110010")])
  func `a test compares the second value with the first`(_ value: Int, _ flags: String) throws {
    #expect(try run("mov $\(value), %ax\ntest $2, %ax").flags == flags)
    #expect(try run("mov $2, %ax\ntest %ax, $\(value)").flags == flags)
  }

  @Test func `before the first test no flag is set, and no conditional jump is taken`() throws {
    for jump in ["je", "jne", "jgt", "jgte", "jlt", "jlte"] {
      let (registers, flags, _) = try run("\(jump) .over\nmov $1, %ax\n.over")
      #expect(registers == ["ax": 1] && flags == "000000")
    }
  }

  @Test(arguments: [
    ("je", [false, true, false]), ("jne", [true, false, true]), ("jgt", [false, false, true]),
    ("jgte", [false, true, true]), ("jlt", [true, false, false]), ("jlte", [true, true, false]),
  ])
  func `a conditional jump looks at its flag`(_ jump: String, _ taken: [Bool]) throws {
    for (value, isTaken) in zip(1...3, taken) {
      let text = "mov $\(value), %bx\ntest $2, %bx\n\(jump) .over\nmov $1, %ax\n.over"
      #expect(try run(text).registers["ax"] == (isTaken ? nil : 1))
    }
  }

  @Test func `dumps are steps that write`() throws {
    let run = try run(".var x\nmov $3, x\nmov $2, %bx\nrdump\nmdump 100\nmdump 2000").run
    #expect(run.output == ["ax=0 bx=2 cx=0 dx=0 ex=0 fx=0", "x=3", "2000=0"])
    #expect(run.scheduler.now == 6)
  }

  @Test(arguments: [
    ("mov -1, %ax", "there is no cell -1: line 1 of test.s, `mov -1, %ax`"),
    ("mov $1, 131072", "there is no cell 131072: line 1 of test.s, `mov $1, 131072`"),
    ("nop\nmov 1001, %ax", "cell 1001 contains an instruction: line 2 of test.s, `mov 1001, %ax`"),
    ("mov $1, 1000", "cell 1000 contains an instruction: line 1 of test.s, `mov $1, 1000`"),
    ("nop", "there is no instruction at cell 1001; the last line of test.s with one is 1"),
    ("ret", "there is no cell 128000"),
    (
      "mov $9223372036854775807, %ax\nadd $1, %ax",
      "the result does not fit into 64 bits: line 2 of test.s, `add $1, %ax`"
    ),
    (
      "mov $-9223372036854775808, %ax\nneg %ax",
      "the result does not fit into 64 bits: line 2 of test.s, `neg %ax`"
    ),
    (
      "mov $4, %ax\nlea (,%ax,9223372036854775807), %bx",
      "the result does not fit into 64 bits: line 2 of test.s, `lea (,%ax,9223372036854775807), %bx`"
    ),
  ])
  func `a fault ends its thread, with line and cell, and the others go on`(
    _ text: String,
    _ message: String
  ) throws {
    // The second thread skips what the first cannot do.
    let guarded = "test $1, %fx\nje .fine\n\(text)\n"
    let run = try MachineRun(text == "ret" ? "mov $0, 128000\nret\n" : text + "\n", "load=1000")
    _ = run.scheduler.runEventLoop()
    let failed =
      text == "ret"
      ? "there is no instruction at cell 0; the last line of test.s with one is 2" : message
    #expect(run.status(0) == .failed(failed))
    let two = try MachineRun(guarded + "halt\n.fine\nmov $1, 3000\nhalt\n", "fx=0/1")
    _ = two.scheduler.runEventLoop()
    #expect(two.status(1) == .exited(0))
    #expect(try two.cell("3000") == 1)
  }
}
