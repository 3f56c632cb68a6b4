import CorosKernel

/// A number or a truth value that tasks share: one cell, which is read or written in one step.
package struct SharedCell: KernelObject, Hashable {
  /// The number; 0 or 1 for a truth value.
  package var value: Int
  /// Whether it is a truth value.
  package let isTruth: Bool

  /// Makes a cell.
  package init(_ value: Int, isTruth: Bool) {
    self.value = value
    self.isTruth = isTruth
  }

  package static var kind: String { "shared" }

  /// Who waits for a condition looks again whenever it may hold.
  package static var hasOrderedQueue: Bool { false }

  package var summary: String { isTruth ? String(value != 0) : String(value) }
}
