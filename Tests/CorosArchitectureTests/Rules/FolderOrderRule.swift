/// A file names only what its own folder, or an earlier one of the module, declares.
///
/// The rule covers the names of types and of functions outside types. It does not cover members, whose
/// receivers only a compiler knows.
struct FolderOrderRule: Rule {
  let architecture: Architecture

  func violations(in tree: SourceTree) -> [Violation] {
    architecture.modules.flatMap { module in
      let files = tree.files(of: module.name)
      let names = ModuleNames(files)
      let unknown = files.filter { !module.folders.contains($0.folder) }.map {
        Violation($0.path, "\(module.name) has no folder '\($0.folder)' in its order")
      }
      return unknown + files.flatMap { violations(in: $0, names, module.folders) }
    }
  }

  private func violations(
    in file: SourceFile,
    _ names: ModuleNames,
    _ order: [String]
  ) -> [Violation] {
    guard let own = order.firstIndex(of: file.folder) else { return [] }
    return names.uses(in: file).compactMap { use in
      guard let other = order.firstIndex(of: use.declaredIn.folder), other > own else { return nil }
      return Violation(
        file.path,
        line: use.line,
        "'\(use.name)' is declared above, in \(use.declaredIn.path)"
      )
    }
  }
}
