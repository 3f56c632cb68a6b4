package import CorosKernel

extension Program {
  /// A task that awaits something outside the kernel.
  package static var foreign: Program {
    Program(
      "foreign",
      "awaits something outside the kernel, and fails",
      lesson: """
        Task.sleep waits for real time, which this kernel does not control: it could neither wake \
        the task nor replay the run. So the task fails with a clear error. Use 'os.sleep' to sleep \
        here.
        """
    ) { _ in
      .body { os in
        try await os.write("leaving the kernel")
        try await Task.sleep(for: .milliseconds(200))
        // Reached only in a scheduler that parks such tasks until the await ends.
        try await os.write("back again")
      }
    }
  }
}
