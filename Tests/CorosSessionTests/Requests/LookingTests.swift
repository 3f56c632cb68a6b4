import CorosInsight
import CorosKernel
import CorosSession
import Testing

/// Queries about the tasks of a machine.
@Suite(.timeLimit(.minutes(15))) struct LookingTests {
  @Test func `queues show the running task, the ready tasks, and the waiting tasks`() throws {
    let session = makeSession()
    session.use(try .parse(option: "rr:quantum=4"))
    for name in ["job", "clock", "job"] { try session.spawn(name, "9") }
    _ = session.run(ticks: 5)
    _ = try session.stop(3)
    let queues = session.queues()
    #expect(queues.tick == 5)
    #expect(queues.holder.map { [$0.task.tid.rawValue, $0.ticksLeft] } == nil)
    #expect(queues.ready.tids == [1])
    #expect(queues.ready.first.map(\.name) == ["job"])
    #expect(queues.waiting.map(\.reason) == [.time])
    #expect(queues.waiting.map(\.tasks.tids) == [[2]])
    #expect(queues.stopped.tids == [3])
    #expect(queues.arriving.tids == [])
  }

  @Test func `the first tasks of a long queue are described, and the requested queues`()
    throws
  {
    let session = makeSession()
    for _ in 1...60 { try session.spawn("clock", "1000") }
    for _ in 1...60 { try session.spawn("count") }
    _ = session.run(ticks: 60)
    let queues = session.queues()
    #expect(queues.waitQueueCount == 1)
    #expect(queues.waiting[0].tasks.tids.count == 60)
    #expect(queues.waiting[0].tasks.first.map(\.tid) == (1...50).map { TaskID(rawValue: $0) })
    #expect(session.queues { _ in false }.waiting.isEmpty)
    #expect(session.queues { _ in false }.waitQueueCount == 1)
  }

  @Test func `tasks that arrive later are in the order of their arrivals`() throws {
    let session = makeSession()
    for arrival in [7, 3, 7, 5] { try session.spawn("hello", at: arrival) }
    #expect(session.queues().arriving.tids == [2, 4, 1, 3])
  }

  @Test func `the details of a task are its state and its related tasks`() throws {
    let session = makeSession()
    try session.spawn("family")
    _ = session.run(ticks: 6)
    let parent = try #require(session.details(of: 1))
    #expect(parent.parent == nil)
    #expect(parent.children.tids.count == parent.children.first.count)
    let child = try #require(parent.children.first.first)
    #expect(session.details(of: child.tid)?.parent == parent.task)
    #expect(session.details(of: 99) == nil)
    #expect(session.details(of: .operator) == nil)
    let ready = session.queues().ready.tids
    #expect(ready.map { session.details(of: $0)?.place } == Array(1...ready.count))
    _ = session.run()
    #expect(session.details(of: 1)?.place == nil)
    #expect(session.details(of: 1)?.children.tids == [])
  }

  @Test func `the output of a task is counted, whether or not it is alive`() throws {
    let session = makeSession()
    try session.spawn("hello")
    #expect(session.details(of: 1)?.writtenBytes == nil)
    _ = session.run()
    #expect((session.details(of: 1)?.writtenBytes ?? 0) > 0)
  }

  @Test func `the recent output of a task is kept, and all of it counted`() throws {
    let session = makeSession()
    try session.spawn("count", "3")
    try session.spawn("spin")
    _ = session.run(ticks: 20)
    let all = try #require(session.output(of: 1, last: 100))
    #expect(all.lines.count == 3 && all.earlierLines == 0)
    #expect(all.writtenBytes == all.lines.reduce(0) { $0 + $1.utf8.count + 1 })
    #expect(all.droppedBytes == 0 && all.isKept)
    let last = try #require(session.output(of: 1, last: 1))
    #expect(last.lines == all.lines.suffix(1) && last.earlierLines == 2)
    let silent = try #require(session.output(of: 2, last: 1))
    #expect(silent.lines.isEmpty && !silent.isKept && !silent.isPerhapsForgotten)
    #expect(session.output(of: 99, last: 1) == nil)
  }

  @Test func `an explanation needs a task that exists`() throws {
    let session = makeSession()
    try session.spawn("count", "3")
    try session.spawn("count", "3")
    _ = session.run(ticks: 1)
    let explanation = try #require(try session.explain(1))
    #expect(explanation.task.state == .ready)
    #expect(explanation.ahead.map(\.tid) == [2])
    #expect(explanation.instead.isEmpty)
    #expect(!explanation.sentences.isEmpty)
    #expect(try session.explain(99) == nil)
    let choice = try #require(try session.explain(1, tellsChoice: true))
    #expect(choice.sentences.count > explanation.sentences.count)
  }
}
