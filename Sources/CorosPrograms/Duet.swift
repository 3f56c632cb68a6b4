package import CorosKernel

extension Program {
  /// Two endless tasks.
  package static var duet: Program {
    Program(
      "duet",
      "two endless tasks that take turns",
      lesson: """
        Neither singer knows of the other, and neither ever ends, but both make progress: at each \
        trap the kernel takes the CPU back and gives it to the next task in the ready queue.
        """
    ) { _ in
      .body { os in
        let soprano = try await os.newTask("soprano", singer("la"))
        let bass = try await os.newTask("bass", singer("dum"))
        // A parent does not have to wait for its children. This one does, so that 'tree' shows the family.
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
