/// Each module has a target of tests, which tests that module and needs nothing above it.
struct TestMirrorRule: Rule {
  let architecture: Architecture

  /// The modules that are tested in the target of another: only with its commands can a shell be tried.
  private static let guests = ["CorosCommands": "CorosShell"]

  /// The target that tests a module.
  static func target(for module: String) -> String {
    module == "coros" ? "CorosBinaryTests" : guests[module, default: module] + "Tests"
  }

  func violations(in tree: SourceTree) -> [Violation] {
    architecture.modules.flatMap { module -> [Violation] in
      let target = Self.target(for: module.name)
      let files = tree.files.filter { $0.path.hasPrefix("Tests/\(target)/") }
      if files.isEmpty { return [Violation("Package.swift", "\(module.name) has no \(target)")] }
      // The files in a shared target are checked once, for its owner.
      if Self.guests[module.name] != nil { return [] }
      return files.flatMap { violations(in: $0, of: module) }
    }
  }

  private func violations(in file: SourceFile, of module: Architecture.Module) -> [Violation] {
    let all = ImportRule.imports(of: file)
    let guest = Self.guests.first { $0.value == module.name }?.key
    let imports = all.filter { architecture.module($0.name) != nil && $0.name != guest }
    let above = imports.filter { architecture.reach(of: $0.name).contains(module.name) }.map {
      Violation(file.path, line: $0.line, "tests of \(module.name) must not need \($0.name)")
    }
    // The program's tests start it and need not import it; checks that fuzzers share import it for a test.
    let isFree = module.name == "coros" || imports.isEmpty || !isTest(file)
    if isFree
      || all.contains(where: {
        [module.name, guest].contains($0.name) || $0.name.hasSuffix("Checks")
      })
    {
      return above
    }
    let message = "the test is in the target of \(module.name), and imports only modules below"
    return above + [Violation(file.path, message)]
  }

  private func isTest(_ file: SourceFile) -> Bool {
    zip(file.tokens, file.tokens.dropFirst()).contains { $0.is("@") && $1.is("Test") }
  }
}
