package import CorosKernel

extension Program {
  /// A task that kills another one and checks that it ended.
  package static var reaper: Program {
    Program(
      "reaper",
      "starts an endless child, lets it run for a while, then kills it",
      lesson: """
        KillTask ends the victim before it returns, so the WaitTask after it does not block: it \
        returns the exit status that the kernel kept.
        """
    ) { _ in
      .body { os in
        let victim = try await os.newTask("victim") { os in
          while true {
            try await os.write("I am alive")
            try await os.yield()
          }
        }
        for _ in 1...5 {
          try await os.yield()
        }
        let wasAlive = try await os.killTask(victim)
        let status = try await os.waitTask(victim)
        try await os.write("task \(victim): \(wasAlive ? "alive before the kill" : "dead already")")
        try await os.write("task \(victim): \(status?.description ?? "forgotten")")
      }
    }
  }
}
