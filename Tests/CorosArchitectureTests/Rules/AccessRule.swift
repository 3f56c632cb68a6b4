/// Only modules for embedders have public names.
struct AccessRule: Rule {
  let architecture: Architecture
  let products: [String]

  func violations(in tree: SourceTree) -> [Violation] {
    architecture.modules.filter { !products.contains($0.name) }.flatMap { module in
      tree.files(of: module.name).flatMap { file in
        file.tokens.indices.filter { file.tokens[$0].is("public") || file.tokens[$0].is("open") }
          .filter { isModifier($0, in: file.tokens) }
          .map {
            Violation(
              file.path,
              line: file.tokens[$0].line,
              "\(module.name) is no product: 'package' is enough"
            )
          }
      }
    }
  }

  /// Whether a declaration follows; `open` is also the name of a function.
  private func isModifier(_ index: Int, in tokens: [Token]) -> Bool {
    guard index + 1 < tokens.count, index == 0 || !tokens[index - 1].is(".") else { return false }
    return tokens[index].is("public") || tokens[index + 1].is("class")
      || tokens[index + 1].is("func")
  }
}
