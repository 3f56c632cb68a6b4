/// Each command, call, program and policy is in the table through which the rest of Coros knows it, and in
/// the topic lists of the documentation.
struct TableRule: Rule {
  private static let page = "Sources/CorosKernel/CorosKernel.docc/CorosKernel.md"
  private static let interface = "Sources/CorosKernel/CorosKernel.docc/SystemInterface.md"

  func violations(in tree: SourceTree) -> [Violation] {
    let calls = declarations(of: "SystemCall", in: "Sources/CorosKernel/SystemCalls/", tree)
    let policies = declarations(of: "SchedulingPolicy", in: "Sources/CorosKernel/Policies/", tree)
    let topics = tree.text(Self.page) ?? ""
    let missingTopics = (calls + policies).filter { !topics.contains("- ``\($0.name)``") }
    return missing(calls.map { ($0, "\($0.name).self") }, in: "KernelCalls", tree)
      + missing(
        commands(tree).map { ($0, "Commands.\($0.name).self") },
        in: "CommandTable+All",
        tree
      )
      + missing(programs(tree).map { ($0, ".\(Self.word($0.name))") }, in: "BuiltIn", tree)
      + missing(policies.map { ($0, "\($0.name)(") }, in: "KnownPolicy", tree)
      + missingTopics.map {
        Violation($0.path, line: $0.line, "'\($0.name)' is no topic of \(Self.page)")
      }
      + missingStubs(tree)
  }

  private struct Entry {
    let name: String
    let path: String
    var line = 1
  }

  /// The public types in a folder that conform to a protocol.
  private func declarations(of name: String, in folder: String, _ tree: SourceTree) -> [Entry] {
    tree.files.filter { $0.path.hasPrefix(folder) }.flatMap { file in
      let tokens = file.tokens
      return tokens.indices.dropLast(3).filter {
        tokens[$0].is("struct") && tokens[$0 + 2].is(":") && tokens[$0 + 3].is(name)
          && $0 > 0 && tokens[$0 - 1].is("public")
      }.map { Entry(name: tokens[$0 + 1].text, path: file.path, line: tokens[$0].line) }
    }
  }

  private func commands(_ tree: SourceTree) -> [Entry] {
    tree.files(of: "CorosCommands").filter { CommandFileRule.manual(of: $0) != nil }.map {
      Entry(name: $0.name, path: $0.path)
    }
  }

  private func programs(_ tree: SourceTree) -> [Entry] {
    tree.files(of: "CorosPrograms").filter { $0.folder.isEmpty && $0.name != "BuiltIn" }.map {
      Entry(name: $0.name, path: $0.path)
    }
  }

  /// The entries that a table lacks.
  private func missing(
    _ entries: [(Entry, String)],
    in table: String,
    _ tree: SourceTree
  ) -> [Violation] {
    let texts = tree.files.filter { $0.name == table }.map { $0.tokens.map(\.text).joined() }
    return entries.filter { _, text in !texts.contains { $0.contains(text) } }.map { entry, _ in
      Violation(
        entry.path,
        line: entry.line,
        "'\(entry.name)' is not in the table of \(table).swift"
      )
    }
  }

  /// The functions by which tasks make the kernel's calls, if the documentation does not list them.
  private func missingStubs(_ tree: SourceTree) -> [Violation] {
    let topics = tree.text(Self.interface) ?? ""
    return tree.files.filter { $0.path.hasPrefix("Sources/CorosKernel/SystemCalls/") }.flatMap {
      file in
      file.declarations.filter {
        $0.kind == .func && $0.scope == ["SystemInterface"] && $0.access == .public
          && !topics.contains("- ``\($0.name)(")
      }.map { Violation(file.path, line: $0.line, "'\($0.name)' is no topic of \(Self.interface)") }
    }
  }

  private static func word(_ name: String) -> String {
    name.prefix(1).lowercased() + name.dropFirst()
  }
}
