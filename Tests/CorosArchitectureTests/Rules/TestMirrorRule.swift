/// Each module has a target of tests, which tests that module and needs nothing above it.
struct TestMirrorRule: Rule {
  let architecture: Architecture

  /// The target that tests a module.
  static func target(for module: String) -> String {
    module == "coros" ? "CorosBinaryTests" : module + "Tests"
  }

  func violations(in tree: SourceTree) -> [Violation] {
    architecture.modules.flatMap { module -> [Violation] in
      let target = Self.target(for: module.name)
      let files = tree.files.filter { $0.path.hasPrefix("Tests/\(target)/") }
      if files.isEmpty { return [Violation("Package.swift", "\(module.name) has no \(target)")] }
      return files.flatMap { violations(in: $0, of: module) }
    }
  }

  private func violations(in file: SourceFile, of module: Architecture.Module) -> [Violation] {
    let all = ImportRule.imports(of: file)
    let imports = all.filter { architecture.module($0.name) != nil }
    let above = imports.filter { architecture.reach(of: $0.name).contains(module.name) }.map {
      Violation(file.path, line: $0.line, "tests of \(module.name) must not need \($0.name)")
    }
    // The program's tests start it and need not import it; checks that fuzzers share import it for a test.
    let isFree = module.name == "coros" || imports.isEmpty || !isTest(file)
    if isFree || all.contains(where: { $0.name == module.name || $0.name.hasSuffix("Checks") }) {
      return above
    }
    let message = "the test is in the target of \(module.name), and imports only modules below"
    return above + [Violation(file.path, message)]
  }

  private func isTest(_ file: SourceFile) -> Bool {
    zip(file.tokens, file.tokens.dropFirst()).contains { $0.is("@") && $1.is("Test") }
  }
}
