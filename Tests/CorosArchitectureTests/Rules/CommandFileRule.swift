/// A command is in the folder of its group, in a file and a type named as it is typed.
struct CommandFileRule: Rule {
  /// The folders for what several commands share, and for what is made of all of them.
  private static let others = ["Families", "Options", "Reference", "Results", ""]

  func violations(in tree: SourceTree) -> [Violation] {
    tree.files(of: "CorosCommands").filter { !Self.others.contains($0.folder) }.flatMap { file in
      guard let manual = Self.manual(of: file) else {
        return [Violation(file.path, "the file is in a folder of commands, and has no manual")]
      }
      var violations: [Violation] = []
      if FileNameRule.capitalised(manual.name) != file.name {
        violations.append(
          Violation(
            file.path,
            line: manual.line,
            "'\(manual.name)' is typed, \(file.name) is written"
          )
        )
      }
      if FileNameRule.capitalised(manual.group) != file.folder {
        violations.append(
          Violation(file.path, line: manual.line, "the command's group is '\(manual.group)'")
        )
      }
      return violations
    }
  }

  /// The name and the group in a command's manual.
  static func manual(of file: SourceFile) -> (name: String, group: String, line: Int)? {
    let tokens = file.tokens
    guard
      let start = tokens.indices.first(where: {
        tokens[$0].is("manual") && $0 > 0 && tokens[$0 - 1].is("let")
      }),
      let name = argument("name", in: tokens[start...]),
      let group = argument("group", in: tokens[start...])
    else { return nil }
    return (name.text, group.text, name.line)
  }

  /// The word or string after a label, without a dot between them.
  private static func argument(_ label: String, in tokens: ArraySlice<Token>) -> Token? {
    guard let place = tokens.firstIndex(where: { $0.is(label) }) else { return nil }
    return tokens[place...].prefix(4).dropFirst().first { $0.kind == .string || $0.kind == .word }
  }
}
