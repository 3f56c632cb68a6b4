import CorosKernel
import CorosSync

extension SystemInterface {
  /// Creates tasks that begin together, when all are there, and waits until they have ended.
  ///
  /// - Parameter crew: The name and the body of each.
  /// - Throws: Why a task could not be created, or what ended the wait.
  nonisolated(nonsending) func runTogether(_ crew: [(name: String, body: TaskBody)]) async throws {
    let start = try await event("start", isNew: true)
    var tasks: [TaskID] = []
    for (name, body) in crew {
      tasks.append(
        try await newTask(name) { os in
          try await os.wait(for: start)
          try await body(os)
        }
      )
    }
    _ = try await set(start)
    try await waitForAll(tasks)
  }

  /// Waits until some tasks have ended.
  nonisolated(nonsending) func waitForAll(_ tasks: [TaskID]) async throws {
    for task in tasks { try await waitTask(task) }
  }

  /// Cancels tasks that serve for ever, and waits until they have ended.
  nonisolated(nonsending) func dismiss(_ servants: [TaskID]) async throws {
    for servant in servants { try await cancelTask(servant, because: "the work is done") }
    try await waitForAll(servants)
  }
}
