package import CorosKernel

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
