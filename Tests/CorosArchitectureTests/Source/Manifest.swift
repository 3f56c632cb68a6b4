/// The targets in `Package.swift`.
struct Manifest {
  struct Target {
    let kind: String
    let name: String
    /// Targets of this package.
    let dependencies: [String]
    /// Products of other packages.
    let products: [String]
    let line: Int
  }

  let targets: [Target]
  let libraries: [String]

  /// Parses the text of a manifest.
  init(_ text: String) {
    let tokens = SwiftLexer.tokens(of: text)
    var targets: [Target] = []
    var libraries: [String] = []
    for index in tokens.indices.dropFirst() where tokens[index - 1].is(".") {
      let kind = tokens[index].text
      let call = Self.call(tokens[index...])
      guard let name = Self.strings(after: "name", in: call).first else { continue }
      switch kind {
      case "library": libraries.append(name)
      case "target", "executableTarget", "testTarget", "systemLibrary":
        let inner = Self.list(after: "dependencies", in: call)
        targets.append(
          Target(
            kind: kind,
            name: name,
            dependencies: inner.indices
              .filter { inner[$0].kind == .string && !Self.isArgument($0, of: inner) }
              .map { inner[$0].text },
            products: inner.indices.filter { inner[$0].is("product") }
              .compactMap { Self.strings(after: "name", in: inner[$0...]).first },
            line: tokens[index].line
          )
        )
      default: break
      }
    }
    self.targets = targets
    self.libraries = libraries
  }

  /// The tokens between the parentheses of a call.
  private static func call(_ tokens: ArraySlice<Token>) -> ArraySlice<Token> {
    enclosed(tokens.dropFirst(), "(", ")")
  }

  private static func list(after label: String, in tokens: ArraySlice<Token>) -> ArraySlice<Token> {
    guard let place = tokens.firstIndex(where: { $0.is(label) }) else { return [] }
    return enclosed(tokens[(place + 2)...], "[", "]")
  }

  private static func strings(after label: String, in tokens: ArraySlice<Token>) -> [String] {
    guard let place = tokens.firstIndex(where: { $0.is(label) }) else { return [] }
    return tokens[place...].prefix(3).filter { $0.kind == .string }.map(\.text)
  }

  /// Whether a string follows a label, as in `name: "HeapModule"`.
  private static func isArgument(_ index: Int, of tokens: ArraySlice<Token>) -> Bool {
    index > tokens.startIndex && tokens[index - 1].is(":")
  }

  private static func enclosed(
    _ tokens: ArraySlice<Token>,
    _ open: String,
    _ close: String
  ) -> ArraySlice<Token> {
    guard let first = tokens.first, first.is(open) else { return [] }
    var depth = 0
    for index in tokens.indices {
      if tokens[index].is(open) { depth += 1 }
      if tokens[index].is(close) { depth -= 1 }
      if depth == 0 { return tokens[tokens.startIndex + 1..<index] }
    }
    return tokens.dropFirst()
  }
}
