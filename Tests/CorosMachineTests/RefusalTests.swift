import Testing

@testable import CorosMachine

/// What is wrong with a program is found when it is loaded, with its line.
@Suite struct RefusalTests {
  @Test(arguments: [
    ("inc %ax", 1, "there is no instruction 'inc'"),
    ("halt\nmov $1, %rax", 2, "there is no register '%rax'"),
    ("mov $1, %zero", 1, "there is no register '%zero'"),
    ("j .nowhere\nhalt", 1, "there is no label .nowhere"),
    ("je 5\nhalt", 1, "je needs a label"),
    ("pop 2000", 1, "pop does not take these operands"),
    ("xchg %ax, %bx", 1, "xchg does not take these operands"),
    ("mov 2000, 2004", 1, "mov does not take these operands"),
    ("mov %ax, $1", 1, "mov does not take these operands"),
    ("add 2000, %ax", 1, "add does not take these operands"),
    ("test $1, $2", 1, "test does not take these operands"),
    ("push $1", 1, "push does not take these operands"),
    ("halt 1", 1, "halt does not take these operands"),
    ("mov $1", 1, "mov does not take these operands"),
    ("mov $1,, %ax", 1, "an operand is missing beside this comma"),
    ("mov $x, %ax", 1, "'x' is not a number"),
    ("mov $9999999999999999999, %ax", 1, "9999999999999999999 is out of range"),
    ("mov name, %ax", 1, "there is no variable 'name'"),
    (".var x\nmov x(%ax), %bx", 2, "a name cannot be combined with registers"),
    ("mov 8(%ax, %bx", 1, "a parenthesis is never closed"),
    ("mov (%ax,%bx,%cx), %dx", 1, "'%cx' is not a factor"),
    ("mov (%ax,%bx,1,2), %dx", 1, "an address has at most three parts"),
    ("mdump 4(%ax)", 1, "mdump does not take these operands"),
    ("futex-wake 2000, $0", 1, "futex-wake does not take these operands"),
    (".a\n.b\n.a\nhalt", 3, "there is a label .a already"),
    (".a halt", 1, "a label stands in a line of its own"),
    (".\nhalt", 1, "this label has no name"),
    (".var\nhalt", 1, "this is not how a variable is declared"),
    (".var x\n.var x\nhalt", 2, "there is a variable x already"),
    (".var 5\nhalt", 1, "'5' cannot be the name of a variable"),
    (".var x 0\nhalt", 1, "x cannot have '0' words"),
    (".var x 226\nhalt", 1, "the variables reach the instructions, which begin at cell 1000"),
  ])
  func `mistakes name their line`(_ text: String, _ line: Int, _ message: String) throws {
    let error = try #require(refusal(of: text + "\n"))
    #expect(error.message == message && error.line == line)
    #expect(!error.hint.isEmpty)
    let written = text.split(separator: "\n", omittingEmptySubsequences: false)[line - 1]
    #expect(error.range.upperBound <= written.utf8.count)
  }

  @Test func `a program has an instruction, and fits into memory`() {
    for text in ["", "# nothing\n", ".label\n", ".var x\n"] {
      #expect(refusal(of: text)?.message == "there is no instruction")
    }
    let long = String(repeating: "nop\n", count: 25)
    #expect(refusal(of: long, "memory=1")?.message.hasPrefix("the program does not fit") == true)
    #expect(refusal(of: long, "memory=1", "load=999") == nil)
    #expect(refusal(of: ".var x 225\nhalt\n") == nil)
  }

  @Test(arguments: [
    ("threads=0", "threads cannot be '0'"), ("threads=1001", "threads cannot be '1001'"),
    ("load=x", "load cannot be 'x'"), ("memory=1025", "memory cannot be '1025'"),
    ("ax=", "ax cannot be ''"), ("ax=1//2", "ax cannot be ''"), ("sp=5", "'sp=5' is not a setting"),
    ("rax=1", "'rax=1' is not a setting"), ("ax", "'ax' is not a setting"),
  ])
  func `settings are checked`(_ word: String, _ message: String) {
    #expect(refusal(of: "halt\n", word)?.message == message)
  }

  @Test func `a register has one value for all, or one for each`() throws {
    #expect(
      refusal(of: "halt\n", "threads=3", "ax=1/2")?.message == "ax has 2 values for 3 threads"
    )
    #expect(refusal(of: "halt\n", "ax=1", "ax=2")?.message == "ax is given twice")
    let run = try MachineRun("halt\n", "ax=1/2/3", "bx=9")
    #expect(run.tids.count == 3)
    for thread in 0..<3 {
      let state = try #require(run.registers(thread))
      #expect(state[.ax] == thread + 1 && state[.bx] == 9)
      #expect(state[.sp] == 128_000 - 1_000 * thread && state.counter == 1_000)
    }
  }
}
