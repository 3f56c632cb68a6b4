/// A type that becomes the same as another value property by property forgets none of them.
///
/// `become` fills memory that is there, so the compiler does not notice a property that it leaves out.
struct CopyRule: Rule {
  func violations(in tree: SourceTree) -> [Violation] {
    tree.files.filter { $0.path.hasPrefix("Sources/") }.flatMap { violations(in: $0) }
  }

  private func violations(in file: SourceFile) -> [Violation] {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let copiers = file.declarations.filter { $0.kind == .func && $0.name.hasPrefix("become") }
    return Set(copiers.filter { $0.name == "become" }.map(\.scope)).flatMap { scope in
      let bodies = copiers.filter { $0.scope == scope }.map { body(from: $0.line, of: lines) }
      if bodies.contains(where: { $0.contains("self = ") }) { return [Violation]() }
      let words = Set(bodies.flatMap { $0.split { !$0.isLetter && !$0.isNumber } })
      return file.declarations
        .filter { $0.kind == .var && $0.scope == scope && isStored(lines[$0.line - 1]) }
        .filter { !words.contains(Substring($0.name)) }
        .map { Violation(file.path, line: $0.line, "become(_:) leaves out \($0.name)") }
    }.sorted { $0.line < $1.line }
  }

  /// The lines of a function, up to the brace below its first letter.
  private func body(from line: Int, of lines: [String]) -> String {
    let end = String(lines[line - 1].prefix { $0 == " " }) + "}"
    return lines[line...].prefix { $0 != end }.joined(separator: "\n")
  }

  private func isStored(_ line: String) -> Bool {
    !line.contains(" static ") && !line.contains("{") || line.contains("didSet")
  }
}
