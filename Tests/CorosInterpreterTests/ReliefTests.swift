import CorosKernel
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

/// What a task that waits needs, and in which line another one does it.
@Suite(.timeLimit(.minutes(15))) struct ReliefTests {
  /// What the second task does for the first one, which waits.
  private func relief(
    _ declarations: String,
    _ waiter: String,
    _ helper: String,
    steps: Int = 1
  ) throws -> Relief? {
    let run = try TypedRun(declarations, "program w {\n\(waiter)\n}", "program h {\n\(helper)\n}")
    try run.spawn("w")
    _ = run.scheduler.run(ticks: steps)
    try run.spawn("h")
    let waiting = try #require(run.scheduler.steppedProgram(of: 1))
    if case .waiting? = run.scheduler.info(1)?.state {} else { Issue.record("it does not wait") }
    return try #require(run.scheduler.steppedProgram(of: 2)).relief(of: waiting)
  }

  @Test(arguments: [
    ("shared n = 0", "await n == 2", "yield\nn = 2", "write n"),
    ("shared x[3]", "await x[1] == 2", "x[1] = 2", "write x[1]"),
    ("shared x[3]", "await x[1] == 2", "var i = 2\nx[i] = 2", "write an element of x"),
    ("shared n = 0", "when n == 1 { n = 0 }", "atomic {\n n = 1 }", "write n"),
    ("semaphore s", "down s", "up s", "give a permit of s"),
    ("event go", "wait go", "set go", "set go"),
    ("channel c", "var x\nreceive c x", "send c 4", "send on c"),
    ("channel c", "var x\nreceive c x", "close c", "close c"),
    ("channel c", "send c 1", "var x\nreceive c x", "receive from c"),
    ("barrier b 2", "arrive b", "arrive b", "arrive at b"),
    ("shared n = 0", "var x\nhear x", "tell 1 5", "send a message"),
    (
      "channel c, d", "var x\nselect { receive c x { }\nreceive d x { } }", "send d 4", "send on d"
    ),
  ])
  func `an act that helps is found`(
    _ declarations: String,
    _ waiter: String,
    _ helper: String,
    _ deed: String
  ) throws {
    let relief = try #require(try relief(declarations, waiter, helper))
    #expect(relief.deed == deed)
    #expect(relief.line == 2 + helper.split(separator: "\n").count - 1)
    #expect(relief.isCertain && !relief.isByOthers)
  }

  @Test func `a notification, and then the mutex`() throws {
    let both = "mutex m\n"
    let run = try TypedRun(
      both,
      "condition c on m",
      "program w {\nlock m\nwait c\nunlock m\n}",
      "program h {\nlock m\nsignal c\nyield\nunlock m\n}"
    )
    try run.spawn("w")
    _ = run.scheduler.run(ticks: 2)
    try run.spawn("h")
    func relief() -> Relief? {
      guard let waiting = run.scheduler.steppedProgram(of: 1) else { return nil }
      return run.scheduler.steppedProgram(of: 2)?.relief(of: waiting)
    }
    #expect(relief() == Relief(line: 3, deed: "notify c", isCertain: true))
    _ = run.scheduler.run(ticks: 3)
    #expect(relief() == Relief(line: 5, deed: "give m back", isCertain: true))
  }

  @Test func `behind a condition it only can`() throws {
    let relief = try relief("shared n = 0, k = 0", "await n == 2", "if k == 0 {\nn = 2\n}")
    #expect(relief == Relief(line: 3, deed: "write n", isCertain: false))
  }

  @Test func `what lies behind does not count`() throws {
    let run = try TypedRun(
      "shared n = 0",
      "program w { await n == 2 }",
      "program h {\nn = 1\nyield\nyield\n}"
    )
    try run.spawn("h")
    try run.spawn("w")
    _ = run.scheduler.run(ticks: 3)
    let waiting = try #require(run.scheduler.steppedProgram(of: 2))
    #expect(run.scheduler.steppedProgram(of: 1)?.relief(of: waiting) == nil)
  }

  @Test func `other elements and other objects do not count`() throws {
    #expect(try relief("shared x[3]", "await x[1] == 2", "x[0] = 2\nx[2] = 2") == nil)
    #expect(try relief("semaphore s, t", "down s", "up t") == nil)
  }

  @Test func `who makes tasks may help through them`() throws {
    let run = try TypedRun(
      "shared n = 0",
      "program w { await n == 2 }",
      "program x { n = 2 }",
      "program h {\nspawn x\n}"
    )
    try run.spawn("w")
    _ = run.scheduler.run(ticks: 1)
    try run.spawn("h")
    let waiting = try #require(run.scheduler.steppedProgram(of: 1))
    let relief = try #require(run.scheduler.steppedProgram(of: 2)?.relief(of: waiting))
    #expect(relief.isByOthers && relief.line == 2)
    #expect(relief.deed == "create a task, 'x'")
  }

  @Test func `a program that waits for nothing needs nobody`() throws {
    let run = try TypedRun("shared n = 0", "program a { n = 1 }", "program b { n = 2 }")
    try run.spawn("a")
    try run.spawn("b")
    let first = try #require(run.scheduler.steppedProgram(of: 1))
    #expect(first.condition == nil)
    #expect(run.scheduler.steppedProgram(of: 2)?.relief(of: first) == nil)
  }
}
