package import CorosKernel

extension Program {
  /// An endless task, and one that ends.
  package static var visit: Program {
    Program(
      "visit",
      "an endless task and one that ends after three rounds",
      lesson: """
        When the guest ends, it leaves the ready queue, and the host has the CPU to itself. The \
        end of one task affects another only if the other waits for it.
        """
    ) { _ in
      .body { os in
        let host = try await os.newTask("host") { os in
          while true {
            try await os.write("at home")
            try await os.yield()
          }
        }
        let guest = try await os.newTask("guest") { os in
          for day in 1...3 {
            try await os.write("visiting, day \(day)")
            try await os.yield()
          }
        }
        try await os.waitTask(guest)
        try await os.write("the guest has left")
        try await os.waitTask(host)
      }
    }
  }
}
