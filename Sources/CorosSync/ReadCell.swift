package import CorosKernel

// An act of a state machine on what tasks share is one step. The machine does it itself, in the kernel: see
// `KernelContext.act()`. The call only says which act it is, and names it in events.

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
