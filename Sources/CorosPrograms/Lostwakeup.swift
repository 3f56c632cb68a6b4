package import CorosKernel
import CorosSync

extension Program {
  /// A notification that comes before anybody waits.
  package static var lostwakeup: Program {
    Program(
      "lostwakeup",
      "a notification comes before the wait, and is lost",
      parameters: [Parameter("WAY", "'wrong', or 'right' for the cure", standard: "wrong")],
      lesson: """
        A condition remembers nothing: a notification that nobody waits for is gone. The sleeper looks \
        whether the work is done before it takes the mutex, and then takes its time; when it waits at last, the \
        worker has notified already. In 'lostwakeup right' it looks and begins to wait under the mutex, and looks again when it wakes.
        """
    ) { arguments throws(ProgramArgumentError) in
      let isWrong = try arguments.word(0, of: ["wrong", "right"]) == "wrong"
      return .body { os in
        let mutex = try await os.mutex("work", isNew: true)
        let done = try await os.condition("done", on: mutex, isNew: true)
        let work = Work()
        _ = try await os.newTask("sleeper") { os in
          let mustWait = !work.isDone
          if isWrong { try await os.sleep(10) }
          try await os.withLock(mutex) {
            if isWrong {
              if mustWait { try await os.wait(on: done) }
            } else {
              while !work.isDone { try await os.wait(on: done) }
            }
          }
          try await os.write("the work is done")
        }
        _ = try await os.newTask("worker") { os in
          try await os.withLock(mutex) {
            work.isDone = true
            let woken = try await os.notify(done)
            try await os.write(woken == 0 ? "nobody waits for me" : "I have woken a task")
          }
        }
      }
    }
  }
}

/// What the tasks share.
private final class Work {
  var isDone = false
}
