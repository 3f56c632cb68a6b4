import CorosTestSupport
import Testing

/// The sources follow the architecture: what CONTRIBUTING.md says about modules, folders, files and names.
@Suite(.timeLimit(.minutes(15))) struct ArchitectureTests {
  private static let tree = SourceTree(root: packageFolder)
  private static let architecture = Architecture.coros

  /// Reports each violation at its line.
  private func expectNone(_ violations: [Violation]) {
    for violation in violations {
      Issue.record(
        "\(violation)",
        sourceLocation: SourceLocation(
          fileID: "CorosArchitectureTests/\(violation.path)",
          filePath: "\(packageFolder)/\(violation.path)",
          line: violation.line,
          column: 1
        )
      )
    }
  }

  @Test func `the sources can be read`() {
    for module in Self.architecture.modules {
      #expect(!Self.tree.files(of: module.name).isEmpty, "\(module.name)")
    }
  }

  @Test func `each module is in the table`() {
    let folders = Self.tree.names(in: "Sources").filter {
      !["CCurses", "CEditLine", "CEpoll"].contains($0)
    }
    let names = Self.architecture.modules.map(\.name)
    #expect(folders.filter { !names.contains($0) } == [], "modules without a place in the table")
  }

  @Test func `modules import only modules above them in the table`() {
    for (index, module) in Self.architecture.modules.enumerated() {
      let above = Self.architecture.modules[..<index].map(\.name)
      #expect(module.imports.filter { !above.contains($0) } == [], "\(module.name)")
    }
  }

  @Test func `no module reaches what it must not know`() {
    for (module, never) in Architecture.laws {
      let reach = Self.architecture.reach(of: module)
      #expect(never.filter { reach.contains($0) } == [], "\(module)")
    }
  }

  @Test func `files import only what their module may`() {
    expectNone(ImportRule(architecture: Self.architecture).violations(in: Self.tree))
  }

  @Test func `Package.swift agrees`() throws {
    let manifest = Manifest(try #require(Self.tree.text("Package.swift")))
    expectNone(ImportRule(architecture: Self.architecture).differences(from: manifest))
    #expect(manifest.libraries.sorted() == Architecture.products)
  }

  @Test func `files name only what their own folder or an earlier one declares`() {
    let violations = FolderOrderRule(architecture: Self.architecture).violations(in: Self.tree)
    expectNone(violations.filter { !Architecture.allows($0) })
  }

  @Test func `files are named after their main type, and each name is unique in a module`() {
    let violations = FileNameRule(architecture: Self.architecture).violations(in: Self.tree)
    expectNone(violations.filter { !Architecture.allows($0) })
  }

  @Test func `what is copied property by property is copied whole`() {
    expectNone(CopyRule().violations(in: Self.tree))
  }

  @Test func `commands are in the folders of their groups, in files named as typed`() {
    expectNone(CommandFileRule().violations(in: Self.tree))
  }

  @Test func `commands, calls, programs and policies are in their tables and topic lists`() {
    expectNone(TableRule().violations(in: Self.tree))
  }

  @Test func `only products have public names`() {
    let rule = AccessRule(architecture: Self.architecture, products: Architecture.products)
    expectNone(rule.violations(in: Self.tree))
  }

  @Test func `no file is longer than 400 lines`() {
    expectNone(FileLengthRule(limit: 400).violations(in: Self.tree))
  }

  @Test func `tests are in the target of the module that they test`() {
    expectNone(TestMirrorRule(architecture: Self.architecture).violations(in: Self.tree))
  }

  @Test func `CONTRIBUTING shows the modules and folders, and names only files that exist`() {
    expectNone(DocumentedMapRule(architecture: Self.architecture).violations(in: Self.tree))
  }
}
