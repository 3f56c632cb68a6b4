package import CorosKernel

/// Reads and writes cells, all in one step.
package struct AtomicBlock: SystemCall {
  package init() {}

  package static var isTracked: Bool { true }

  package func handle(in kernel: KernelContext) -> Disposition<Void> { kernel.act() }
}
