package import CorosKernel

/// A part of programs that only one task may be in at a time, which is checked.
package struct CriticalSection: KernelObject, Hashable {
  package init() {}

  package static var kind: String { "critical" }
}

/// Enters a critical section; an error when another task is in it.
package struct EnterCritical: SystemCall {
  package let section: Object<CriticalSection>

  package init(_ section: Object<CriticalSection>) {
    self.section = section
  }

  package static var isTracked: Bool { true }

  package func arguments(in kernel: KernelContext) -> String { kernel.name(of: section) }

  package func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if let holder = kernel.holder(of: section) {
        throw CriticalViolation(section: kernel.name(of: section), holder: holder)
      }
      try kernel.hold(section)
      return .reply(())
    }
  }
}

/// Two tasks are in a critical section at the same time.
package struct CriticalViolation: Error, Hashable, CustomStringConvertible {
  package let section: String
  package let holder: TaskID

  package var description: String {
    holder == .operator
      ? "the critical section \(section) is taken"
      : "task \(holder) is in the critical section \(section), too"
  }
}
