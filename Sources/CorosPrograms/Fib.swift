package import CorosKernel

extension Program {
  /// Recursion with one task per call.
  package static var fib: Program {
    Program(
      "fib",
      "computes the Nth Fibonacci number with one task per call",
      parameters: [Parameter("N", "which Fibonacci number, counted from 0")],
      lesson: """
        NewTask is the call and WaitTask the return; the exit code is the return value. 'tree' \
        shows what is usually on the stack. Kill one task, and the error propagates to the root.
        """
    ) { arguments throws(ProgramArgumentError) in
      // The number of tasks grows like the Fibonacci numbers: fib(16) takes 3193 calls.
      let n = try arguments.integer(0, in: 0...16)
      return .body { os in
        let task = try await os.newTask("fib(\(n))", fibonacci(n))
        let value = try await os.value(of: task)
        try await os.write("fib(\(n)) = \(value)")
      }
    }
  }
}

/// One call of the function: a task whose exit code is the nth Fibonacci number.
private func fibonacci(_ n: Int) -> TaskBody {
  { os in
    if n < 2 { try await os.exit(n) }  // Does not return.
    // Create both before the first wait, so that they run concurrently.
    let one = try await os.newTask("fib(\(n - 1))", fibonacci(n - 1))
    let other = try await os.newTask("fib(\(n - 2))", fibonacci(n - 2))
    let sum = try await os.value(of: one) + os.value(of: other)
    try await os.exit(sum)
  }
}

extension SystemInterface {
  /// Waits for a task and returns its exit code.
  fileprivate func value(of task: TaskID) async throws -> Int {
    let status = try await waitTask(task)
    guard case .exited(let value) = status else { throw MissingValue(task: task, status: status) }
    return value
  }
}

/// The error of a task whose child ended without a value.
private struct MissingValue: Error, CustomStringConvertible {
  let task: TaskID
  let status: ExitStatus?

  var description: String {
    "no value from task \(task) (\(status?.description ?? "forgotten"))"
  }
}
