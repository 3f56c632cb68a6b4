package import CorosKernel

/// The registers of a thread, its flags, and where it goes on.
package struct ThreadState: Hashable, Sendable {
  private var values = SIMD8<Int>()
  /// The cell of its next instruction.
  package internal(set) var counter: Int
  package internal(set) var flags = Flags()
  /// The task that runs it; the operator before its first step.
  package internal(set) var task = TaskID.operator

  init(counter: Int) {
    self.counter = counter
  }

  package internal(set) subscript(register: Register) -> Int {
    get { values[Int(register.rawValue)] }
    set { values[Int(register.rawValue)] = newValue }
  }

  func value(of value: Value) -> Int {
    switch value {
    case .constant(let number): number
    case .register(let register): self[register]
    }
  }

  /// The number of the cell that an address means.
  func cell(at address: Address) throws(Fault) -> Int {
    let base = address.base.map { self[$0] } ?? 0
    let index = address.index.map { self[$0] } ?? 0
    let scaled = try checked(index.multipliedReportingOverflow(by: address.scale))
    let number = try checked(address.number.addingReportingOverflow(base))
    return try checked(number.addingReportingOverflow(scaled))
  }
}
