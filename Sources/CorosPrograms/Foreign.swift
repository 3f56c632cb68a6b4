package import CorosKernel

extension Program {
  /// A task that awaits something that the kernel knows nothing of.
  package static var foreign: Program {
    Program(
      "foreign",
      "awaits something outside the kernel, and is refused",
      lesson: """
        Real time belongs to Swift, not to this kernel, which could neither wake a task that \
        waits for it nor repeat the run. So the task fails with a clear error; 'os.sleep' is the \
        way to sleep here.
        """
    ) { _ in
      .body { os in
        try await os.write("leaving the kernel")
        try await Task.sleep(for: .milliseconds(200))
        // Reached only in a scheduler that parks such tasks until they are back.
        try await os.write("back again")
      }
    }
  }
}
