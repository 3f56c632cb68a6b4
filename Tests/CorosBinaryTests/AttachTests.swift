import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let control = (c: "\u{03}", d: "\u{04}")

/// `coros attach`: two of the real program, one of them at a terminal.
@Suite(.timeLimit(.minutes(15))) struct AttachTests {
  let home: AttachHome

  init() throws { home = try AttachHome() }

  private var environment: [String: String] { home.environment }

  private func machine(_ arguments: String...) throws -> PseudoTerminal {
    try PseudoTerminal.atPrompt(
      ["--attach", "lab"] + arguments,
      home: home.path,
      environment: environment
    )
  }

  private func attach(_ arguments: String..., input: String = "") throws -> BatchProgram.Outcome {
    try BatchProgram(
      corosProgram,
      ["attach"] + arguments,
      environment: environment,
      input: .text(input)
    ).wait()
  }

  @Test func `a second terminal sees what the first one does`() throws {
    let terminal = try machine()
    try terminal.enter("spawn count 3; step 2", expecting: "next: task 1")
    try terminal.waitForPrompt()
    let list = try attach("--list")
    #expect(list.output.hasPrefix("lab: process ") && list.output.contains("tick 2"))
    let seen = try attach(input: "ps\n\nps --at 1 | tail 1\nwhy 9\n")
    #expect(seen.output.contains("1  count  ready       -    2"))
    #expect(seen.output.contains("1  count  ready       -    1"))
    #expect(seen.errors.contains("there is no task 9") && seen.exit == .code(1))
    let refused = try attach("lab", input: "run\n")
    #expect(refused.errors.hasPrefix("only the terminal that drives can `run`"))
    #expect(refused.exit == .code(1))
    terminal.send(control.d)
    #expect(try terminal.waitForExit() == .code(0))
    #expect(access(home.path + "/run/coros/lab.sock", F_OK) != 0)
    #expect(try attach("lab").exit == .code(2))
  }

  @Test func `a machine is found by its process, and exit leaves it running`() throws {
    let terminal = try machine()
    let other = try PseudoTerminal.atPrompt(
      ["--attach", "other"],
      home: home.path,
      environment: environment
    )
    let seen = try attach("\(terminal.process)", input: "clock\nexit\nnonsense\n")
    #expect(seen.output.hasSuffix("tick 0\n") && seen.exit == .code(0), "\(seen.errors)")
    let wrong = try attach("nobody")
    #expect(wrong.errors == "coros: there is no machine 'nobody'\n  hint: name one: lab, other\n")
    try terminal.enter("echo here", expecting: "here")
    try other.enter("echo there", expecting: "there")
  }

  @Test func `as JSON each line is a frame`() throws {
    let terminal = try machine()
    try terminal.enter("spawn count 3", expecting: "task 1: count 3")
    try terminal.waitForPrompt()
    let lines = try attach("--json", input: "clock\nnonsense\n").output.split(separator: "\n")
    #expect(lines[0].hasPrefix("{\"driver\":{\"pid\":") && lines[1].hasPrefix("{\"moved\":"))
    #expect(lines[2].hasPrefix("{\"id\":1,\"command\":\"clock\""))
    #expect(lines[3].hasPrefix("{\"id\":2,\"error\":"))
    #expect(try attach("--list", "--json").output.hasPrefix("{\"machine\":\"lab\",\"pid\":"))
  }

  @Test func `whoever takes over drives, and the first terminal is told`() throws {
    let terminal = try machine()
    let outcome = try attach("--take", input: "spawn count 2; run\n")
    #expect(outcome.output.contains("this terminal drives now"))
    #expect(outcome.output.contains("all finished at tick 3") && outcome.exit == .code(0))
    try terminal.expect("drives now")
    try terminal.expect("spawn count 2; run")
    try terminal.expect("has left; you drive again")
    try terminal.enter("ps -a", expecting: "exited")
  }

  @Test func `it asks, is allowed, runs, and is interrupted`() throws {
    let terminal = try machine()
    let other = try PseudoTerminal(
      corosProgram,
      arguments: ["attach", "--drive"],
      environment: environment
    )
    try other.expect("asked; until somebody agrees")
    try other.expect("lab@0>")
    try terminal.expect("asks to drive this machine")
    try terminal.enter("attach allow", expecting: "drives now")
    try other.expect("this terminal drives now")
    try other.enter("spawn -m spin", expecting: "task 1: spin")
    try other.expect("lab@0>")
    other.send("run\r")
    try terminal.expect(": run")
    other.send(control.c)
    try other.expect("interrupted at tick")
    // Whoever types at the machine itself drives.
    try terminal.waitForPrompt()
    try terminal.enter("kill 1", expecting: "task 1 killed")
    try other.expect("this terminal only looks on now")
    try other.enter("exit", expecting: "")
    #expect(try other.waitForExit() == .code(0))
    #expect(other.isAsFound)
  }

  @Test func `the machine may be killed, and so may those who look at it`() throws {
    let terminal = try machine()
    let other = try PseudoTerminal(
      corosProgram,
      arguments: ["attach"],
      environment: environment
    )
    try other.expect("lab@0>")
    kill(other.process, SIGKILL)
    _ = try other.waitForExit()
    try terminal.enter("spawn count 2; run", expecting: "all finished at tick 3")
    let third = try PseudoTerminal(corosProgram, arguments: ["attach"], environment: environment)
    try third.expect("lab@")
    kill(terminal.process, SIGKILL)
    try third.expect("the machine has ended")
    let exit = try third.waitForExit()
    #expect(exit == .code(1))
    #expect(third.isAsFound)
    // Its socket is left, and in nobody's way.
    #expect(try attach("--list").output == "no machine can be attached to\n")
    _ = try machine()
  }

  @Test func `Ctrl-C at the machine ends its run, and not a question that waits for that`() throws {
    let terminal = try machine()
    try terminal.enter("spawn -m spin; run 9", expecting: "9 coros>")
    let other = try PseudoTerminal(corosProgram, arguments: ["attach"], environment: environment)
    try other.expect("lab@9>")
    terminal.send("run\r")
    try other.expect("lab@")
    other.send("ps --at 3 | grep spin\r")
    // By then it is with the machine, which answers when the run has ended.
    usleep(300_000)
    terminal.send(control.c)
    try terminal.expect("interrupted at tick")
    try other.expect("1  spin  ready")
  }

  @Test func `a script is served while it runs`() throws {
    let script = try BatchProgram(
      corosProgram,
      ["--attach", "script", "-c", "spawn -m spin; run"],
      environment: environment,
      input: .text("")
    )
    var seen = try attach("script", input: "ps\n")
    // It is served before its first line, too.
    for _ in 0..<100 where !seen.output.contains("spin") {
      usleep(50_000)
      seen = try attach("script", input: "ps\n")
    }
    #expect(seen.output.contains("spin"))
    kill(script.process, SIGINT)
    #expect(try script.wait().exit == .code(130))
  }

  @Test(arguments: ["--sandbox", "--no-attach"])
  func `some machines cannot be attached to`(_ option: String) throws {
    let terminal = try machine(option)
    try terminal.enter("attach", expecting: "nobody can attach")
    #expect(try attach().errors.contains("there is no machine to attach to"))
  }

  @Test(arguments: [["--nonsense"], ["a", "b"], ["a/b"], ["nobody"]])
  func `mistakes on the command line are explained`(_ words: [String]) throws {
    let outcome = try BatchProgram(
      corosProgram,
      ["attach"] + words,
      environment: environment,
      input: .text("")
    ).wait()
    #expect(outcome.exit == .code(2) && outcome.errors.hasPrefix("coros: "))
  }
}
