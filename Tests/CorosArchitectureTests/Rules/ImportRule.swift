/// Each module imports only what the architecture allows.
struct ImportRule: Rule {
  let architecture: Architecture

  /// The C library, under the names that it has on different systems.
  private static let system = ["Glibc", "Darwin", "Musl"]

  func violations(in tree: SourceTree) -> [Violation] {
    architecture.modules.flatMap { module in
      tree.files(of: module.name).flatMap { violations(in: $0, of: module) }
    }
  }

  private func violations(in file: SourceFile, of module: Architecture.Module) -> [Violation] {
    Self.imports(of: file).compactMap { name, line in
      let name = Self.system.contains(name) ? "System" : name
      if module.imports.contains(name) || module.foreign.contains(name)
        || module.foreign.contains("\(name)(\(file.name))")
      {
        return nil
      }
      return Violation(file.path, line: line, "\(module.name) must not import \(name)")
    }
  }

  /// The imports of a file, with their lines.
  static func imports(of file: SourceFile) -> [(name: String, line: Int)] {
    zip(file.tokens, file.tokens.dropFirst()).compactMap { word, name in
      word.is("import") && name.kind == .word ? (name.text, name.line) : nil
    }
  }

  /// The differences between `Package.swift` and the architecture.
  func differences(from manifest: Manifest) -> [Violation] {
    let path = "Package.swift"
    return architecture.modules.compactMap { module in
      guard let target = manifest.targets.first(where: { $0.name == module.name }) else {
        return Violation(path, "there is no target \(module.name)")
      }
      let ours = target.dependencies.filter { !module.foreign.contains($0) }
      if ours.sorted() == module.imports.sorted() { return nil }
      return Violation(
        path,
        line: target.line,
        "\(module.name) depends on \(ours.sorted()), but may import \(module.imports.sorted())"
      )
    }
  }
}
