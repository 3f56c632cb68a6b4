package import CorosKernel

extension Program {
  /// A program that takes all the tasks there are.
  package static var forkbomb: Program {
    Program(
      "forkbomb",
      "every task makes two children, for ever",
      lesson: """
        The tasks double until the kernel's limit contains them; then they sleep, and try again. \
        Kill one, and another takes its place; 'reset' is rid of them all.
        """
    ) { _ in
      .body { os in
        try await Forkbomb().explode(os)
      }
    }
  }
}

/// What the tasks of one bomb share: they run on one thread, so a plain object will do.
private final class Forkbomb {
  private var isContained = false

  /// What every task does.
  func explode(_ os: SystemInterface) async throws {
    while true {
      let one = try await makeChild(os)
      let other = try await makeChild(os)
      try await os.waitTask(one)
      try await os.waitTask(other)
    }
  }

  /// Makes a child, as soon as there is room for one.
  private func makeChild(_ os: SystemInterface) async throws -> TaskID {
    while true {
      do {
        return try await os.newTask("forkbomb", explode)
      } catch SystemCallError.tooManyTasks(let limit) {
        // One task says so for all: a line from each would be a flood.
        if !isContained {
          isContained = true
          try await os.write("contained: there is room for \(limit) tasks")
        }
        try await os.sleep(100)
      }
    }
  }
}
