package import CorosKernel

extension Program {
  /// A program that creates as many tasks as the kernel allows.
  package static var forkbomb: Program {
    Program(
      "forkbomb",
      "every task keeps creating children",
      lesson: """
        The number of tasks doubles until it reaches the kernel's limit; then the tasks sleep and \
        try again. If you kill one, another takes its place; 'reset' removes them all.
        """
    ) { _ in
      .body { os in
        try await Forkbomb().explode(os)
      }
    }
  }
}

/// State shared by the tasks of one bomb; a plain object, since they all run on one thread.
private final class Forkbomb {
  private var isContained = false

  /// The body of every task.
  func explode(_ os: SystemInterface) async throws {
    while true {
      let one = try await makeChild(os)
      let other = try await makeChild(os)
      try await os.waitTask(one)
      try await os.waitTask(other)
    }
  }

  /// Creates a child, as soon as the limit allows one.
  private func makeChild(_ os: SystemInterface) async throws -> TaskID {
    while true {
      do {
        return try await os.newTask("forkbomb", explode)
      } catch SystemCallError.tooManyTasks(let limit) {
        // Only one task writes this, to avoid a flood of lines.
        if !isContained {
          isContained = true
          try await os.write("contained: there is room for \(limit) tasks")
        }
        try await os.sleep(100)
      }
    }
  }
}
