/// A Swift file of the package, as these tests see it.
struct SourceFile {
  /// The path from the root of the package.
  let path: String
  let text: String
  let tokens: [Token]
  let declarations: [Declaration]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    tokens = SwiftLexer.tokens(of: text)
    declarations = DeclarationReader.declarations(in: tokens)
  }

  /// The file name without `.swift`.
  var name: String { String(path.split(separator: "/").last?.dropLast(6) ?? "") }

  /// The target: the folder directly below `Sources` or `Tests`.
  var target: String { parts.count > 2 ? parts[1] : "" }

  /// The folders between the target and the file, joined by slashes; empty if there are none.
  var folder: String { parts.dropFirst(2).dropLast().joined(separator: "/") }

  private var parts: [String] { path.split(separator: "/").map(String.init) }
}
