/// Something that a file declares: a type, an extension, a function, a variable.
struct Declaration {
  enum Kind: String {
    case `struct`, `class`, `enum`, `protocol`, `actor`, `extension`
    case `typealias`, `func`, `var`, `let`, `macro`

    /// Whether it makes a type.
    var isType: Bool {
      switch self {
      case .struct, .class, .enum, .protocol, .actor, .typealias: true
      case .extension, .func, .var, .let, .macro: false
      }
    }

    /// Whether declarations may stand in its braces.
    var opensScope: Bool { isType && self != .typealias || self == .extension }
  }

  enum Access: String {
    case `public`, `open`, `package`, `internal`, `fileprivate`, `private`

    var isOfTheFile: Bool { self == .private || self == .fileprivate }
  }

  let kind: Kind
  /// Its own name; that of an extension is the extended type's, with dots.
  let name: String
  /// The types that it stands in, outermost first; those of extensions have their dots.
  let scope: [String]
  /// Nil where none is written.
  let access: Access?
  let isInExtension: Bool
  let line: Int
}
