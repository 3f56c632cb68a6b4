import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

@Suite(.timeLimit(.minutes(15))) struct PipeTests {
  @Test(arguments: Form.allCases) func `a task reads what another writes, and nil at the end`(
    form: Form
  ) throws {
    let stage = Stage(form)
    try stage.task("writer", [.write("a"), .write("b")])
    try stage.task(
      "reader",
      [.call(ReadLine()), .tell, .call(ReadLine()), .tell, .call(ReadLine()), .tell]
    )
    #expect(try stage.scheduler.perform(JoinTasks(1, to: 2)))
    #expect(stage.scheduler.objects.map(\.name) == ["pipe 1"])
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "3:2:a 6:2:b 8:2:nil")
    #expect(stage.scheduler.objects.isEmpty)
  }

  /// A task that writes twenty lines, and one that reads none of them.
  private func full() throws -> Stage {
    let stage = Stage(.async)
    try stage.scheduler.createTask("writer") { os in
      for number in 1...20 { try await os.write("\(number)") }
    }
    try stage.task("reader", [.sleep(100)])
    try stage.scheduler.perform(JoinTasks(1, to: 2))
    // Sixteen lines find room, and the next one waits.
    stage.run(steps: 18)
    return stage
  }

  @Test func `a full pipe has its writer wait, and breaks when the reader ends`() throws {
    let stage = try full()
    let pipe = try #require(stage.scheduler.objects.first)
    #expect(pipe.summary == "16 of 16, open")
    #expect(pipe.waiters.map(\.task) == [1])
    try stage.kill(2)
    #expect(stage.run() == .allFinished)
    #expect(stage.scheduler.info(1)?.status == .failed("nobody reads pipe 1 any more"))
    #expect(stage.scheduler.objects.isEmpty)
  }

  @Test func `a cancelled writer waits no longer`() throws {
    let stage = try full()
    #expect(try stage.scheduler.perform(CancelTask(1)))
    stage.run(steps: 1)
    #expect(stage.scheduler.info(1)?.status != nil)
    #expect(stage.scheduler.objects.first?.summary == "16 of 16, closed")
  }

  @Test func `a line for a task that is killed before it runs goes to another reader`() throws {
    let stage = Stage(.async)
    try stage.scheduler.createTask("writer") { os in
      try await os.sleep(10)
      try await os.write("for one of you")
      try await os.sleep(10)
    }
    try stage.scheduler.createTask("reader") { os in
      _ = try await os.newTask("helper") { os in
        try await os.sleep(5)
        try await os.write("helper: \(try await os.readLine() ?? "nothing")")
      }
      try await os.write("reader: \(try await os.readLine() ?? "nothing")")
    }
    try stage.scheduler.perform(JoinTasks(1, to: 2))
    // Both wait; the line comes, and the reader is ready and has not run.
    while stage.scheduler.info(1)?.accounting.dispatches != 2 { stage.run(steps: 1) }
    #expect(stage.scheduler.info(2)?.state == .ready)
    try stage.kill(2)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["helper: for one of you"])
  }

  @Test func `children write into the pipe of their parent, and it ends with the last`() throws {
    let stage = Stage(.async)
    try stage.scheduler.createTask("writer") { os in
      _ = try await os.newTask("child") { os in
        try await os.sleep(5)
        try await os.write("from the child")
      }
      try await os.write("from the parent")
    }
    try stage.scheduler.createTask("reader") { os in
      while let line = try await os.readLine() { try await os.write(line) }
      try await os.write("end")
    }
    try stage.scheduler.perform(JoinTasks(1, to: 2))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["from the parent", "from the child", "end"])
  }

  @Test func `what cannot be joined or read is an error`() throws {
    let stage = Stage(.async)
    for _ in 1...3 { try stage.task("task", [.call(ReadLine()), .tell]) }
    #expect(try !stage.scheduler.perform(JoinTasks(1, to: 9)))
    #expect(try !stage.scheduler.perform(JoinTasks(.operator, to: 1)))
    #expect(try stage.scheduler.perform(JoinTasks(1, to: 2)))
    #expect(throws: SyncError.isJoined(1)) { try stage.scheduler.perform(JoinTasks(1, to: 3)) }
    #expect(throws: SyncError.isJoined(2)) { try stage.scheduler.perform(JoinTasks(3, to: 2)) }
    #expect(throws: SyncError.noInput) { try stage.scheduler.perform(ReadLine()) }
    #expect(stage.run() == .allFinished)
    // The first task writes its error into the pipe, and the second passes it on.
    #expect(stage.texts == ["the task reads no pipe", "the task reads no pipe"])
  }
}
