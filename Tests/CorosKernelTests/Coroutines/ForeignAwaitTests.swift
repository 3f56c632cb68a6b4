import CorosKernel
import CorosTestSupport
import Testing

/// Awaits that are nobody's but the body's own: they must not be taken for another task's.
@Suite struct ForeignAwaitTests {
  @Test func `a parked task woken by another task runs in its own dispatch`() async {
    let result = await onOwnThread { () -> ([String], RunOutcome, [String]) in
      let scheduler = Scheduler(foreignAwaits: .park)
      let notes = Notes()
      let (stream, feed) = AsyncStream.makeStream(of: Int.self)
      _ = try? scheduler.createTask("reader") { os in
        for await number in stream {
          notes.add("\(number) tid \(try await os.getTid())")
        }
        notes.add("end")
      }
      _ = try? scheduler.createTask("writer") { os in
        for number in 1...3 {
          feed.yield(number)
          notes.add("writer tid \(try await os.getTid())")
        }
        feed.finish()
      }
      let outcome = scheduler.runEventLoop()
      return (notes.lines.sorted(), outcome, scheduler.brokenInvariants())
    }
    #expect(
      result.0 == [
        "1 tid 1", "2 tid 1", "3 tid 1", "end", "writer tid 2", "writer tid 2", "writer tid 2",
      ]
    )
    #expect(result.1 == .allFinished)
    #expect(result.2 == [])
  }

  @Test func `a system call from a detached task is refused, and races with nothing`() async {
    let notes = await onOwnThread { () -> [String] in
      let scheduler = Scheduler(foreignAwaits: .park)
      let notes = Notes()
      _ = try? scheduler.createTask { os in
        for _ in 1...50 {
          let result = await Task.detached { () -> String in
            do {
              return "\(try await os.getTid())"
            } catch {
              return "\(error)"
            }
          }.value
          notes.add(result)
        }
      }
      _ = try? scheduler.createTask { os in for _ in 1...5_000 { try await os.yield() } }
      _ = scheduler.runEventLoop()
      return notes.lines
    }
    let refusal = "\(SystemCallError.notTheTask)"
    #expect(notes == Array(repeating: refusal, count: 50))
  }
}
