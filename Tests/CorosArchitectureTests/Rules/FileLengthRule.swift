/// No Swift file is too long to keep in mind.
struct FileLengthRule: Rule {
  let limit: Int

  func violations(in tree: SourceTree) -> [Violation] {
    tree.files.compactMap { file in
      let lines = file.text.utf8.count { $0 == UInt8(ascii: "\n") }
      guard lines > limit else { return nil }
      return Violation(file.path, line: limit, "\(lines) lines, and \(limit) is the limit")
    }
  }
}
