package import CorosKernel

extension Program {
  /// Tasks that wait for each other in a circle.
  package static var circle: Program {
    Program(
      "circle",
      "N tasks wait for each other in a circle: a deadlock",
      parameters: [Parameter("N", "the number of tasks", standard: "3")],
      lesson: """
        Each task waits for the next, and the last waits for the first, so none of them can run; \
        'run' reports who waits for whom. Kill one task, and the others can finish. A 'circle 1' \
        is a special case: a task that waits for itself gets an error.
        """
    ) { arguments throws(ProgramArgumentError) in
      let count = try arguments.integer(0, in: 1...100)
      return .body { os in
        let first = try await os.getTid()
        try await link(tasksToCome: count - 1, backTo: first)(os)
      }
    }
  }
}

/// Creates the next link and waits for it; the last link waits for the first.
private func link(tasksToCome count: Int, backTo first: TaskID) -> TaskBody {
  { os in
    let next =
      count == 0
      ? first
      : try await os.newTask("link", link(tasksToCome: count - 1, backTo: first))
    try await os.waitTask(next)
    try await os.write("task \(next) has ended")
  }
}
