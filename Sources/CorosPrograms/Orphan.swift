package import CorosKernel

extension Program {
  /// A task that outlives its parent.
  package static var orphan: Program {
    Program(
      "orphan",
      "a child that outlives its parent",
      lesson: """
        Children do not end with their parent: the operator, task 0, becomes their parent. So \
        killing a parent does not kill its children.
        """
    ) { _ in
      .body { os in
        _ = try await os.newTask("orphan") { os in
          let before = try await os.getParent()
          try await os.write("my parent is task \(before)")
          try await os.sleep(10)
          let after = try await os.getParent()
          try await os.write("now my parent is task \(after)")
        }
        try await os.write("the parent ends")
      }
    }
  }
}
