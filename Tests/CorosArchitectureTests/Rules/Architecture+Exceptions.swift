extension Architecture {
  /// What is still as it should not be, by file: names that are declared in a later folder, or the message of
  /// another rule.
  ///
  /// The list may only shrink: nothing new belongs here.
  static let exceptions: [(path: String, names: Set<String>)] = [
    // The face that the kernel shows to a call: what a handler asks and orders goes to the scheduler.
    ("Sources/CorosKernel/Calls/KernelContext.swift", ["Scheduler", "TaskCode"]),
    // The short form of a trap stands for these two.
    ("Sources/CorosKernel/Coroutines/Coroutine.swift", ["Yield", "Compute"]),
    ("Sources/CorosKernel/Coroutines/CoroutineHost.swift", ["Yield", "Compute"]),
    ("Sources/CorosShell/Stepper/TaskList.swift", ["Commands.Queue"]),
  ]

  /// Whether a violation is one of the exceptions.
  static func allows(_ violation: Violation) -> Bool {
    exceptions.contains { path, names in
      path == violation.path
        && names.contains { violation.message.hasPrefix("'\($0)' ") || violation.message == $0 }
    }
  }
}
