package import CorosKernel

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
