import Testing

@testable import CorosCommands
@testable import CorosShell

/// What `step` says of each kind of visible act.
@Suite(.timeLimit(.minutes(15))) struct StepTextsTests {
  private static let declarations = """
    shared n = 0, x[3], ok = false
    mutex m
    semaphore s = 1
    semaphore z
    condition c on m
    channel line 2
    channel meet
    barrier door 1
    event go
    rwlock table
    program child(k) { yield }
    """

  /// Each statement, and what its steps say.
  private static let acts: [(statement: String, said: [String])] = [
    ("var a = n", ["reads n: 0"]),
    ("x[1] = 4", ["writes x[1] = 4"]),
    ("n += 1", ["reads n: 0", "writes n = 1"]),
    ("atomic { n += 1 }", ["does an atomic block"]),
    ("await n == 0", ["goes on, since n == 0"]),
    ("await n == 1", ["waits until n == 1"]),
    ("when n == 0 { n = 2 }", ["goes on, since n == 0"]),
    ("critical door2 { }", ["enters the critical section door2"]),
    ("assert n == 0", ["checks that n == 0"]),
    ("lock m; unlock m", ["takes m", "gives m back"]),
    (
      "lock m; lock m",
      [
        "takes m",
        "asks for m, which fails: m is held already by the caller, and cannot be taken twice",
      ]
    ),
    ("var t = trylock m", ["tries to take m, and gets it"]),
    ("down s; up s", ["takes a permit of s", "gives a permit of s"]),
    ("var t = trydown z", ["tries to take a permit of z, and gets none"]),
    ("var t = trydown s", ["tries to take a permit of s, and gets it"]),
    ("down z", ["waits for a permit of z"]),
    ("lock m; signal c", ["takes m", "notifies c, and no task waits for it"]),
    ("lock m; broadcast c", ["takes m", "notifies c, all, and no task waits for it"]),
    ("lock m; wait c", ["takes m", "gives its mutex back, and waits for c"]),
    ("set go; wait go; clear go", ["sets go", "finds go set", "clears go"]),
    ("wait go", ["waits for go"]),
    ("rlock table; unlock table", ["takes table to read", "gives table back"]),
    ("wlock table; unlock table", ["takes table to write", "gives table back"]),
    ("send line 4", ["sends 4 on line"]),
    ("send meet 4", ["waits to send 4 on meet"]),
    ("send line 4; var r; receive line r", ["sends 4 on line", "receives from line: 4"]),
    ("var r; receive line r", ["waits to receive from line"]),
    ("close line", ["closes line"]),
    ("close line; close line", ["closes line", "closes line, which was closed before"]),
    (
      "close line; var r; receive line r",
      ["closes line", "receives from line, and nothing comes any more"]
    ),
    ("tell 77 5", ["sends 5 to task 77, which is not alive: the message is lost"]),
    ("cancel me", ["cancels task 1"]),
    ("var t = down z within 2", ["waits for a permit of z, at most until tick 3"]),
    ("arrive door", ["is the last to arrive at door"]),
    ("spawn child(1)", ["creates a task, 'child': the answer is 2"]),
    ("wait 77", ["waits for task 77, but there is no such task"]),
    ("cancel 77", ["cancels task 77, which has ended, or was cancelled before"]),
    ("yield", ["yields the CPU"]),
    ("sleep 3", ["sleeps for 3 ticks, until tick 4"]),
    ("tell me 5; var r; hear r", ["sends 5 to task 1", "takes a message: 5"]),
    ("var r; hear r", ["waits for a message"]),
    ("write \"n is\" 3", ["writes \"n is 3\""]),
    ("var r; select { receive meet r { } otherwise { } }", ["finds none of meet"]),
    ("select { send line 1 { } down z { } }", ["finds one of line or z: the first"]),
    ("within 3 { yield }", ["enters a scope, timeout 3", "yields the CPU", "leaves a scope"]),
    ("group { }", ["opens group 1", "closes group 1"]),
    ("shield { yield }", ["enters a scope with a shield", "yields the CPU", "leaves a scope"]),
    ("repeat 1 { }", ["computes for a tick"]),
    ("exit 3", ["exits with code 3"]),
  ]

  @Test(arguments: acts.indices)
  func `it says what the act does, and in which line`(_ index: Int) {
    let (statement, said) = Self.acts[index]
    let session = TestShell()
    for line in Self.declarations.split(separator: "\n") { session.type(String(line)) }
    // A variable that is never used is worth a note.
    #expect(session.type("program p {\n\(statement)\n}", "spawn p").hasSuffix("task 1: p\n"))
    let steps = session.type("step \(said.count)").split(separator: "\n")
      .filter { $0.contains("task 1 (p) line ") }
    #expect(steps.map { $0.drop { $0 != "l" }.description } == said.map { "line 2: \($0)" })
  }
}
