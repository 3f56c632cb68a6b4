import CorosLanguage

/// What a name in a program stands for.
enum Binding {
  /// A local variable, or a parameter of a program.
  case local(Int32, ValueKind)
  /// A shared name; with an element, that one of an array.
  case cells(Int32, isTruth: Bool, element: Int32?)
  /// An object; with an element, that one of an array.
  case object(ObjectKind, Int32, element: Int32?)
  /// A parameter of a procedure that is checked by itself.
  case parameter(ParameterUse)
}

/// What a parameter of a procedure is used as: found out where the procedure is defined.
final class ParameterUse {
  enum Shape {
    case value
    case array
    case object([ObjectKind])
  }

  let name: String
  /// Stands in for its value.
  let register: Int32
  let kind = ValueKind()
  private(set) var shape: Shape?

  init(_ name: String, _ register: Int32) {
    self.name = name
    self.register = register
  }

  /// Notes a use; nil if it goes with those before, otherwise what it was used as before.
  func use(as new: Shape) -> String? {
    switch (shape, new) {
    case (nil, _): shape = new
    case (.value?, .value), (.array?, .array): break
    case (.object(let old)?, .object(let new)):
      let common = old.filter(new.contains)
      if common.isEmpty { return "a \(old.map(\.rawValue).joined(separator: " or "))" }
      shape = .object(common)
    case (.value?, _): return "a value"
    case (.array?, _): return "an array"
    case (.object(let kinds)?, _): return "a \(kinds.map(\.rawValue).joined(separator: " or "))"
    }
    return nil
  }
}

/// A place in a program, with its index worked out.
enum ResolvedPlace {
  case local(Int32, ValueKind)
  case cell(symbol: Int32, index: Int32, isTruth: Bool)
  case object(ObjectKind, symbol: Int32, index: Int32)
  case parameter(ParameterUse, isIndexed: Bool)
}

/// The value of an expression, and its kind.
struct Operand {
  let register: Int32
  let kind: ValueKind
}
