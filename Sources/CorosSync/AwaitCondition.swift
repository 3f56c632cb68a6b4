package import CorosKernel

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
  package static var isDeferrable: Bool { true }
  package static var cancellation: CancellationPoint { .always }

  package var arguments: String { text }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }

  /// The machine looks again in its next step.
  package func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    if case .timedOut = wakeup { .fail(SystemCallError.timedOut) } else { .reply(()) }
  }
}
