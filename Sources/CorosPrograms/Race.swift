package import CorosKernel

extension Program {
  /// Two tasks of different length, and a parent that learns which ends first.
  package static var race: Program {
    Program(
      "race",
      "two tasks of different length; reports which ends first",
      lesson: """
        The parent cannot know who will win: WaitAnyChild returns the child that ends first. Once \
        the sprinter has ended, the walker gets the CPU more often.
        """
    ) { _ in
      .body { os in
        _ = try await os.newTask("sprinter", runner(laps: 3))
        _ = try await os.newTask("walker", runner(laps: 6))
        let first = try await os.waitAnyChild()
        try await os.write("first: task \(first.tid)")
        let second = try await os.waitAnyChild()
        try await os.write("second: task \(second.tid)")
      }
    }
  }
}

private func runner(laps: Int) -> TaskBody {
  { os in
    for lap in 1...laps {
      try await os.write("lap \(lap) of \(laps)")
      try await os.yield()
    }
  }
}
