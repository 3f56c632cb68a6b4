package import CorosKernel
package import CorosLanguage

extension SteppedVariable.Value {
  /// The value as JSON.
  package var json: JSON {
    switch self {
    case .number(let number): .int(number)
    case .truth(let truth): .bool(truth)
    }
  }
}
