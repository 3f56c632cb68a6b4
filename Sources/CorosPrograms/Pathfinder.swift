package import CorosKernel
import CorosSync

extension Program {
  /// Priority inversion, as it reset a spacecraft on Mars in 1997.
  package static var pathfinder: Program {
    Program(
      "pathfinder",
      "priority inversion: high waits for low, and low for middle",
      lesson: """
        'low' holds the bus when 'high' asks for it, and does not get the CPU, since 'middle' goes before it: so 'high' \
        waits for 'middle', which has nothing to do with the bus. Run it under 'policy priority', and ask 'why' when \
        'high' waits. Then 'compare priority "priority donation=yes"': with donation 'low' has the priority of 'high' \
        while that waits for the bus.
        """
    ) { _ throws(ProgramArgumentError) in
      .body { os in
        // Before all children, who begin with it.
        try await os.setPriority(10)
        let bus = try await os.mutex("bus")
        try await os.newTask("low", priority: 1) { os in
          try await os.withLock(bus) {
            for _ in 1...4 { try await os.compute() }
          }
        }
        try await os.newTask("middle", priority: 5) { os in
          try await os.sleep(3)
          for _ in 1...20 { try await os.compute() }
          try await os.write("middle has done its work")
        }
        try await os.newTask("high", priority: 9) { os in
          try await os.sleep(2)
          try await os.withLock(bus) { try await os.write("high has the bus") }
        }
      }
    }
  }
}

extension SystemInterface {
  /// Creates a child with a priority of its own.
  fileprivate nonisolated(nonsending) func newTask(
    _ name: String,
    priority: Int,
    _ body: @escaping TaskBody
  ) async throws {
    _ = try await newTask(name) { os in
      try await os.setPriority(priority)
      try await body(os)
    }
  }
}
