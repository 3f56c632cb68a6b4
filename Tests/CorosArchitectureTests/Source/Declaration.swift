/// A declaration in a file: a type, an extension, a function, or a variable.
struct Declaration {
  enum Kind: String {
    case `struct`, `class`, `enum`, `protocol`, `actor`, `extension`
    case `typealias`, `func`, `var`, `let`, `macro`

    /// Whether it declares a type.
    var isType: Bool {
      switch self {
      case .struct, .class, .enum, .protocol, .actor, .typealias: true
      case .extension, .func, .var, .let, .macro: false
      }
    }

    /// Whether its braces may contain declarations.
    var opensScope: Bool { isType && self != .typealias || self == .extension }
  }

  enum Access: String {
    case `public`, `open`, `package`, `internal`, `fileprivate`, `private`

    var isOfTheFile: Bool { self == .private || self == .fileprivate }
  }

  let kind: Kind
  /// Its name; for an extension the extended type, with dots.
  let name: String
  /// The enclosing types, outermost first; those of extensions keep their dots.
  let scope: [String]
  /// Nil if none is written.
  let access: Access?
  let isInExtension: Bool
  let line: Int
}
