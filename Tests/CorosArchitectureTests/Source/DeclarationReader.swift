/// Finds the declarations of a file, inside and outside types, but not inside functions.
struct DeclarationReader {
  private let tokens: [Token]
  private var declarations: [Declaration] = []
  /// The owner of each open brace; nil for the body of a function or a closure.
  private var scopes: [Declaration?] = []
  /// The declaration whose opening brace is expected next.
  private var pending: Declaration?
  private var access: Declaration.Access?

  static func declarations(in tokens: [Token]) -> [Declaration] {
    var reader = DeclarationReader(tokens: tokens)
    reader.read()
    return reader.declarations
  }

  private init(tokens: [Token]) {
    self.tokens = tokens
  }

  /// Declarations without a name that other code could use.
  private static let otherIntroducers: Set = [
    "associatedtype", "case", "deinit", "import", "init", "operator", "subscript",
  ]

  private var isInBody: Bool { scopes.contains { $0 == nil } }

  private mutating func read() {
    var index = tokens.startIndex
    while index < tokens.endIndex {
      let token = tokens[index]
      if token.is("{") {
        scopes.append(pending)
        pending = nil
        access = nil
      } else if token.is("}") {
        if !scopes.isEmpty { scopes.removeLast() }
        access = nil
      } else if token.kind == .word, !isInBody {
        readWord(at: &index)
      }
      index += 1
    }
  }

  private mutating func readWord(at index: inout Int) {
    let token = tokens[index]
    if index > 0, tokens[index - 1].is(".") { return }
    if let access = Declaration.Access(rawValue: token.text) {
      // `private(set)` says nothing about the access of the name itself.
      if !(next(index, 1).is("(") && next(index, 2).is("set")) { self.access = access }
      return
    }
    guard let kind = Declaration.Kind(rawValue: token.text) else {
      if Self.otherIntroducers.contains(token.text) { access = nil }
      return
    }
    let name = next(index, 1)
    guard name.kind == .word, Declaration.Kind(rawValue: name.text) == nil else {
      if kind == .func { declare(kind, "", token.line) }
      return
    }
    index += 1
    var path = name.text
    while kind == .extension, next(index, 1).is("."), next(index, 2).kind == .word {
      path += "." + tokens[index + 2].text
      index += 2
    }
    declare(kind, path, name.line)
  }

  private mutating func declare(_ kind: Declaration.Kind, _ name: String, _ line: Int) {
    let owners = scopes.compactMap { $0 }
    let declaration = Declaration(
      kind: kind,
      name: name,
      scope: owners.map(\.name),
      access: access,
      isInExtension: owners.last?.kind == .extension,
      line: line
    )
    if !name.isEmpty { declarations.append(declaration) }
    pending = kind.opensScope ? declaration : nil
    access = nil
  }

  private func next(_ index: Int, _ offset: Int) -> Token {
    index + offset < tokens.count
      ? tokens[index + offset] : Token(kind: .sign, text: "", line: 0)
  }
}
