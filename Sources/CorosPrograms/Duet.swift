package import CorosKernel

extension Program {
  /// Two tasks that go on for ever, side by side.
  package static var duet: Program {
    Program(
      "duet",
      "two endless tasks that take turns",
      lesson: """
        Neither singer knows of the other, nor ever ends, and yet both are heard: at each trap \
        the kernel takes the CPU back and hands it to the next in the queue.
        """
    ) { _ in
      .body { os in
        let soprano = try await os.newTask("soprano", singer("la"))
        let bass = try await os.newTask("bass", singer("dum"))
        // A parent need not wait for its children; this one does, so that 'tree' shows them together.
        try await os.waitTask(soprano)
        try await os.waitTask(bass)
      }
    }
  }
}

private func singer(_ note: String) -> TaskBody {
  { os in
    while true {
      try await os.write(note)
      try await os.yield()
    }
  }
}
