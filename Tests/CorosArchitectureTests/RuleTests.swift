import Testing

/// Each rule finds its violations, and names the line.
@Suite(.timeLimit(.minutes(15))) struct RuleTests {
  private let architecture = Architecture(modules: [
    .init(name: "Low", foreign: ["System(Files)"], folders: ["Ground", "Roof"]),
    .init(name: "High", imports: ["Low"]),
  ])

  private func described(_ violations: [Violation]) -> [String] { violations.map(\.description) }

  @Test func `an import that the table does not allow`() {
    let tree = SourceTree([
      "Sources/Low/Ground/Files.swift": "import Glibc\nenum Files {}",
      "Sources/Low/Ground/Other.swift": "import Darwin\nimport High",
      "Sources/High/Tower.swift": "package import Low",
    ])
    #expect(
      described(ImportRule(architecture: architecture).violations(in: tree)) == [
        "Sources/Low/Ground/Other.swift:1: Low must not import System",
        "Sources/Low/Ground/Other.swift:2: Low must not import High",
      ]
    )
  }

  @Test func `a property that a copy leaves out`() {
    let tree = SourceTree([
      "Sources/Low/Ground/Table.swift": """
      struct Table {
        var rows: [Int] = []
        private(set) var count = 0
        var isEmpty: Bool { rows.isEmpty }
        mutating func become(_ other: Table) {
          rows.become(other.rows)
        }
        struct Whole {
          var number = 0
          mutating func become(_ other: Whole) {
            self = other
          }
        }
      }
      """
    ])
    #expect(
      described(CopyRule().violations(in: tree)) == [
        "Sources/Low/Ground/Table.swift:3: become(_:) leaves out count"
      ]
    )
  }

  @Test func `a manifest that differs from the table`() {
    let manifest = Manifest(
      """
      let package = Package(
        products: [.library(name: "Low", targets: ["Low"])],
        targets: [
          .target(name: "Low", dependencies: [.product(name: "Heap", package: "collections")]),
          .target(
            name: "High", dependencies: ["Other"]),
        ]
      )
      """
    )
    #expect(manifest.libraries == ["Low"])
    #expect(manifest.targets.first?.products == ["Heap"])
    #expect(
      described(ImportRule(architecture: architecture).differences(from: manifest)) == [
        #"Package.swift:5: High depends on ["Other"], but may import ["Low"]"#
      ]
    )
  }

  @Test func `a name from a later folder`() {
    let tree = SourceTree([
      "Sources/Low/Ground/Base.swift": """
      // `Roof` in a comment or in a text does not count as a use.
      struct Base { let text = "Roof" }
      extension Base { var roof: Int { tile(of: 1) } }
      let name = "\\(Roof.self)"
      """,
      "Sources/Low/Roof/Roof.swift": """
      struct Roof { let base: Base }
      func tile(of number: Int) -> Int { number }
      private struct Base {}
      extension Base { struct Gable {} }
      """,
      "Sources/Low/Ground/Door.swift": "func open(_ gable: Base.Gable) { roof.tile() }",
      "Sources/Low/Cellar/Wine.swift": "struct Wine {}",
    ])
    #expect(
      described(FolderOrderRule(architecture: architecture).violations(in: tree)) == [
        "Sources/Low/Cellar/Wine.swift:1: Low has no folder 'Cellar' in its order",
        "Sources/Low/Ground/Base.swift:3: 'tile' is declared above, in Sources/Low/Roof/Roof.swift",
        "Sources/Low/Ground/Base.swift:4: 'Roof' is declared above, in Sources/Low/Roof/Roof.swift",
        "Sources/Low/Ground/Door.swift:1: 'Base.Gable' is declared above, in Sources/Low/Roof/Roof.swift",
      ]
    )
  }

  @Test func `a file that is not named after its declaration`() {
    let tree = SourceTree([
      "Sources/Low/Ground/Counted.swift": "func counted() {}",
      "Sources/Low/Ground/Hello.swift":
        "extension Program { static var hello: Program { .init() } }",
      "Sources/Low/Ground/String+Cut.swift": "extension String {}",
      "Sources/Low/Ground/Thing.swift": "struct Other {}",
      "Sources/Low/Roof/Array+Cut.swift": "struct Array {}",
      "Sources/Low/Roof/Counted.swift": "struct Counted {}",
    ])
    #expect(
      described(FileNameRule(architecture: architecture).violations(in: tree)) == [
        "Sources/Low/Ground/Thing.swift:1: the file declares no Thing",
        "Sources/Low/Roof/Array+Cut.swift:1: the file has no extension of Array",
        "Sources/Low/Roof/Counted.swift:1: Sources/Low/Ground/Counted.swift has the same name",
      ]
    )
  }

  @Test func `a command in the wrong folder, with the wrong name`() {
    let command = """
      extension Commands { enum Ps: SimpleCommand {
        static let manual = Manual(
          name: "ps", usage: "ps",
          group: .looking)
      } }
      """
    let tree = SourceTree([
      "Sources/CorosCommands/Looking/Ps.swift": command,
      "Sources/CorosCommands/Looking/PsRow.swift": "struct PsRow {}",
      "Sources/CorosCommands/Tasks/Tasks.swift": command,
    ])
    #expect(
      described(CommandFileRule().violations(in: tree)) == [
        "Sources/CorosCommands/Looking/PsRow.swift:1: the file is in a folder of commands, and has no manual",
        "Sources/CorosCommands/Tasks/Tasks.swift:3: 'ps' is typed, Tasks is written",
        "Sources/CorosCommands/Tasks/Tasks.swift:3: the command's group is 'looking'",
      ]
    )
  }

  @Test func `public names outside the products`() {
    let tree = SourceTree([
      "Sources/Low/Ground/Base.swift": "public struct Base {}",
      "Sources/High/Tower.swift": """
      package struct Tower { let door = File.open(at: 1) }
      public import Low
      open class Gate {}
      """,
    ])
    let rule = AccessRule(architecture: architecture, products: ["Low"])
    #expect(
      described(rule.violations(in: tree)) == [
        "Sources/High/Tower.swift:2: High is no product: 'package' is enough",
        "Sources/High/Tower.swift:3: High is no product: 'package' is enough",
      ]
    )
  }

  @Test func `a file that is too long`() {
    let tree = SourceTree(["Sources/Low/Ground/Base.swift": "a\nb\nc\n", "Tests/X.swift": "a\nb\n"])
    #expect(
      described(FileLengthRule(limit: 2).violations(in: tree)) == [
        "Sources/Low/Ground/Base.swift:2: 3 lines, and 2 is the limit"
      ]
    )
  }

  @Test func `a test in the wrong target`() {
    let tree = SourceTree([
      "Tests/HighTests/TowerTests.swift": "@testable import High\n@Test func works() {}",
      "Tests/HighTests/WrongTests.swift": "import Low\n@Test func works() {}",
      "Tests/LowTests/BaseTests.swift": "import High\nimport Low\n@Test func works() {}",
    ])
    #expect(
      described(TestMirrorRule(architecture: architecture).violations(in: tree)) == [
        "Tests/LowTests/BaseTests.swift:1: tests of Low must not need High",
        "Tests/HighTests/WrongTests.swift:1: the test is in the target of High, and imports only modules below",
      ]
    )
    let empty = SourceTree([:])
    #expect(
      described(TestMirrorRule(architecture: architecture).violations(in: empty)) == [
        "Package.swift:1: Low has no LowTests", "Package.swift:1: High has no HighTests",
      ]
    )
  }

  @Test func `strings, comments and nesting are read as in Swift`() {
    let tokens = SwiftLexer.tokens(
      of: ##"""
        /* a /* nested */ comment */ let a = #"x\(y) \#(z)"# // end
        let b = """
          "quoted" \(c("d", (e)))
          """
        let `class` = 0x1F.f
        """##
    )
    #expect(
      tokens.map(\.text) == [
        "let", "a", "=", #"x\(y) "#, "z",
        "let", "b", "=", "\n  \"quoted\" \n  ", "c", "(", "d", ",", "(", "e", ")", ")",
        "let", "class", "=", "0x1F", ".", "f",
      ]
    )
    #expect(
      tokens.map(\.line) == [1, 1, 1, 1, 1, 2, 2, 2, 2] + Array(repeating: 3, count: 8)
        + Array(repeating: 5, count: 6)
    )
  }

  @Test func `declarations are found in types, but not in functions`() {
    let file = SourceFile(
      path: "Sources/Low/Ground/Base.swift",
      text: """
        public struct Base {
          private(set) var height = 0
          fileprivate enum Part { case one }
          func work() { struct Local {} }
          class func make() {}
          init() {}
        }
        extension Base.Part { struct Inner {} }
        func free() { let local = 1 }
        typealias Alias = Base
        """
    )
    let found = file.declarations.map { declaration in
      "\(declaration.access.map { "\($0) " } ?? "")\(declaration.kind) "
        + (declaration.scope + [declaration.name]).joined(separator: ".")
    }
    #expect(
      found == [
        "public struct Base", "var Base.height", "fileprivate enum Base.Part", "func Base.work",
        "func Base.make", "extension Base.Part", "struct Base.Part.Inner", "func free",
        "typealias Alias",
      ]
    )
  }
}
