/// A file is named after its main type: `Type.swift`, or `Type+Aspect.swift` for an extension.
///
/// A file with one function is named after the function; so is an extension with one significant member, as
/// for the programs.
struct FileNameRule: Rule {
  let architecture: Architecture

  func violations(in tree: SourceTree) -> [Violation] {
    architecture.modules.flatMap { module in
      let files = tree.files(of: module.name)
      return files.compactMap(violation) + duplicates(in: files)
    }
  }

  private func violation(in file: SourceFile) -> Violation? {
    let parts = file.name.split(separator: "+", maxSplits: 1).map(String.init)
    if parts.count == 2 {
      let extends = file.declarations.contains {
        $0.kind == .extension && $0.name.split(separator: ".").contains(parts[0][...])
      }
      return extends ? nil : Violation(file.path, "the file has no extension of \(parts[0])")
    }
    let declares = file.declarations.contains {
      $0.name == file.name
        || $0.access?.isOfTheFile != true && Self.capitalised($0.name) == file.name
    }
    return declares ? nil : Violation(file.path, "the file declares no \(file.name)")
  }

  private func duplicates(in files: [SourceFile]) -> [Violation] {
    Dictionary(grouping: files, by: \.name).values.filter { $0.count > 1 }.flatMap { same in
      same.dropFirst().map { Violation($0.path, "\(same[0].path) has the same name") }
    }
  }

  static func capitalised(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }
}
