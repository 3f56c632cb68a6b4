/// Which file of a module declares which name, to find out which file needs which.
struct ModuleNames {
  /// The place where a file uses a name of another file.
  struct Use {
    let name: String
    let line: Int
    let declaredIn: SourceFile
  }

  /// Types, and functions outside types.
  private var owners: [String: SourceFile] = [:]
  /// Types that extensions add to another type, by that type's name.
  private var nested: [String: [String: SourceFile]] = [:]

  init(_ files: [SourceFile]) {
    for file in files {
      for declaration in file.declarations where declaration.access?.isOfTheFile != true {
        if declaration.scope.isEmpty, declaration.kind != .extension {
          owners[declaration.name] = file
        } else if declaration.kind.isType, declaration.isInExtension,
          let outer = declaration.scope.last
        {
          nested[outer, default: [:]][declaration.name] = file
        }
      }
    }
  }

  /// The names of other files that a file uses, at their first use.
  func uses(in file: SourceFile) -> [Use] {
    let own = Set(file.declarations.map(\.name))
    let extended = Set(file.declarations.flatMap(\.scope))
    var seen: Set<String> = []
    var uses: [Use] = []
    for (index, token) in file.tokens.enumerated() where token.kind == .word {
      guard let (name, owner) = used(index, in: file, own, extended), owner.path != file.path,
        seen.insert(name).inserted
      else { continue }
      uses.append(Use(name: name, line: token.line, declaredIn: owner))
    }
    return uses
  }

  private func used(
    _ index: Int,
    in file: SourceFile,
    _ own: Set<String>,
    _ extended: Set<String>
  ) -> (String, SourceFile)? {
    let word = file.tokens[index].text
    let before = index > 0 ? file.tokens[index - 1] : nil
    if before?.is(".") == true {
      guard index > 1, let owner = nested[file.tokens[index - 2].text]?[word] else { return nil }
      return (file.tokens[index - 2].text + "." + word, owner)
    }
    // A declaration in the file itself hides the name; an extension does not.
    if own.contains(word), before?.is("extension") != true, !isExtended(word, in: file) {
      return nil
    }
    if let owner = owners[word] {
      let isCalled = index + 1 < file.tokens.count && file.tokens[index + 1].is("(")
      let isType = word.first?.isUppercase == true
      return isType || isCalled && before?.is("func") != true ? (word, owner) : nil
    }
    for outer in extended {
      if let owner = nested[outer]?[word] { return (outer + "." + word, owner) }
    }
    return nil
  }

  /// Whether the file declares the name only by extensions.
  private func isExtended(_ word: String, in file: SourceFile) -> Bool {
    file.declarations.allSatisfy { $0.name != word || $0.kind == .extension }
  }
}
