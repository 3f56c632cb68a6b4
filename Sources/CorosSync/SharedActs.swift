package import CorosKernel

// Acts of state machines on what they share: each is one step. The machine does the act itself, in the kernel: see
// `KernelContext.act()`. The calls only say which act it is, and name it in events.

/// Reads a shared cell.
package struct ReadCell: SystemCall {
  package let cell: Object<SharedCell>

  package init(_ cell: Object<SharedCell>) {
    self.cell = cell
  }

  package static var isTracked: Bool { true }

  /// The cell, and what is in it.
  package func arguments(in kernel: KernelContext) -> String {
    let value = (try? kernel.value(of: cell))?.summary ?? ""
    return "\(kernel.name(of: cell)): \(value)"
  }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }
}

/// Writes a shared cell.
package struct WriteCell: SystemCall {
  package let cell: Object<SharedCell>
  package let value: Int

  package init(_ cell: Object<SharedCell>, _ value: Int) {
    self.cell = cell
    self.value = value
  }

  package static var isTracked: Bool { true }

  /// The cell, and what it will contain.
  package func arguments(in kernel: KernelContext) -> String {
    let isTruth = (try? kernel.value(of: cell))?.isTruth ?? false
    return "\(kernel.name(of: cell)) = \(isTruth ? String(value != 0) : String(value))"
  }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }
}

/// Reads and writes cells, all in one step.
package struct AtomicBlock: SystemCall {
  package init() {}

  package static var isTracked: Bool { true }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }
}

/// Waits until a condition on shared cells holds.
package struct AwaitCondition: SystemCall {
  /// The condition, as written.
  package let text: String
  private let deadline: Tick

  /// Makes the call; `deadline` is the last tick to wait until, or below 0.
  package init(_ text: String, deadline: Tick = -1) {
    self.text = text
    self.deadline = deadline
  }

  package static var isTracked: Bool { true }
  package static var cancellation: CancellationPoint { .always }

  package var arguments: String { text }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }

  /// The machine looks again in its next step.
  package func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    if case .timedOut = wakeup { .fail(SystemCallError.timedOut) } else { .reply(()) }
  }
}

/// Checks a condition on shared cells.
package struct AssertCondition: SystemCall {
  /// The condition, as written.
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package static var isTracked: Bool { true }

  package var arguments: String { text }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }
}

/// A part of programs that only one task may be in at a time, which is checked.
package struct CriticalSection: KernelObject {
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
      ? "the critical section \(section) is taken" : "task \(holder) is in the critical section \(section), too"
  }
}
