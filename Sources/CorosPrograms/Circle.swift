package import CorosKernel

extension Program {
  /// Tasks that wait for one another, all round.
  package static var circle: Program {
    Program(
      "circle",
      "N tasks wait for one another in a ring: a deadlock",
      parameters: [Parameter("N", "how many tasks", standard: "3")],
      lesson: """
        Each waits for the next and the last for the first, so none can ever run; 'run' says who \
        waits for whom. Kill any one of them, and the rest come free. A 'circle 1' is an error \
        of its own.
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

/// Makes the next link and waits for it; the last link waits for the first.
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
