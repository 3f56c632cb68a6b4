package import CorosInterpreter
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

extension SharedValues {
  /// The value as JSON; those of an array as a list.
  package var json: JSON {
    isArray ? .array(values.map(\.json)) : values.first?.json ?? .null
  }
}
