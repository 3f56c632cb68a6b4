/// Why a thread cannot carry out an instruction: it ends, and the others go on.
enum Fault: Error, Hashable {
  case noInstruction(at: Int)
  case noCell(Int)
  case code(Int)
  case overflow

  /// What happened, in a clause.
  var description: String {
    switch self {
    case .noInstruction(let cell): "there is no instruction at cell \(cell)"
    case .noCell(let cell): "there is no cell \(cell)"
    case .code(let cell): "cell \(cell) contains an instruction"
    case .overflow: "the result does not fit into 64 bits"
    }
  }
}

/// The result of a calculation; a fault when it does not fit.
func checked(_ result: (partialValue: Int, overflow: Bool)) throws(Fault) -> Int {
  if result.overflow { throw .overflow }
  return result.partialValue
}
