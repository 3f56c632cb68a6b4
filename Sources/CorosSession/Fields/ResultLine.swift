/// The documented form of a line of JSON: its keys, in order.
package struct ResultLine: Sendable {
  /// When a command prints this line, if it has several forms; otherwise empty.
  package let occasion: String
  /// The keys after `command`.
  package let keys: [ResultKey]

  package init(_ keys: [ResultKey]) {
    self.init("", keys)
  }

  package init(_ occasion: String, _ keys: [ResultKey]) {
    self.occasion = occasion
    self.keys = keys
  }
}

/// A key of an object.
package struct ResultKey: Sendable {
  package let name: String
  package let type: ResultType
  /// The meaning in a few words, without a full stop.
  package let meaning: String
  /// Whether the key may be absent.
  let isOptional: Bool

  package init(_ name: String, _ type: ResultType, _ meaning: String) {
    self.init(name, type, meaning, isOptional: false)
  }

  private init(_ name: String, _ type: ResultType, _ meaning: String, isOptional: Bool) {
    self.name = name
    self.type = type
    self.meaning = meaning
    self.isOptional = isOptional
  }

  /// A key that is sometimes absent; the meaning says when.
  package static func sometimes(_ name: String, _ type: ResultType, _ meaning: String) -> ResultKey
  {
    ResultKey(name, type, meaning, isOptional: true)
  }
}

/// The possible values of a key.
package indirect enum ResultType: Sendable {
  case number, text, truth
  /// One of a few texts.
  case word([String])
  case list(ResultType)
  case object([ResultKey])
  /// An object with any keys, and values of one type.
  case dictionary(ResultType)
  /// A name, and the list of the trees below it, as a list of the two.
  case tree
  /// One of several types.
  case either(ResultType, ResultType)
  case orNull(ResultType)

  /// A list of objects.
  package static func objects(_ keys: [ResultKey]) -> ResultType { .list(.object(keys)) }

  /// The name of the type on the page.
  package var name: String {
    switch self {
    case .number: "number"
    case .text, .word: "text"
    case .truth: "true or false"
    case .list(let element): "list of \(element.plural)"
    case .object: "object"
    case .dictionary(let value): "object of \(value.plural)"
    case .tree: "tree"
    case .either(let one, let other): "\(one.name) or \(other.name)"
    case .orNull(let type): "\(type.name) or null"
    }
  }

  private var plural: String {
    switch self {
    case .list(let element): "lists of \(element.plural)"
    default: "\(name)s"
    }
  }
}

extension ResultKey {
  /// A row of the page: a key, by its path within the line.
  package struct Row: Equatable, ResultObject {
    package let path: String
    package let type: String
    package let meaning: String

    package static let fields: [ResultField<Self>] = [
      .text("key", "a key, by its path: `tasks[].tid` is in each of the `tasks`", \.path),
      .text("type", "what its value is", \.type),
      .text("meaning", "what it says", \.meaning),
    ]
  }

  /// The key, and the keys within its value.
  package func rows(within path: String = "") -> [Row] {
    let path = path.isEmpty ? name : "\(path).\(name)"
    let (place, inner, words) = Self.inside(type, path)
    let choice = words.isEmpty ? "" : ": " + words.map { "`\($0)`" }.joined(separator: ", ")
    return [Row(path: path, type: type.name, meaning: meaning + choice)]
      + inner.flatMap { $0.rows(within: place) }
  }

  /// The path and the keys within a value, and the words that it may be.
  private static func inside(
    _ type: ResultType,
    _ path: String
  ) -> (path: String, keys: [ResultKey], words: [String]) {
    switch type {
    case .list(let element): inside(element, path + "[]")
    case .orNull(let type): inside(type, path)
    case .object(let keys): (path, keys, [])
    case .word(let words): (path, [], words)
    case .number, .text, .truth, .dictionary, .tree, .either: (path, [], [])
    }
  }
}
