import CorosTestSupport
import Testing

/// The recipes of CONTRIBUTING.md, executed as written in a copy of the package.
///
/// `scripts/test` compiles what they write; `DocumentationTests` contains the same code.
@Suite(.timeLimit(.minutes(15))) struct RecipeTests {
  private static let copied = ["Sources", "Tests", "scripts", "CONTRIBUTING.md", "Package.swift"]
  private static let recipes = Recipe.all(
    in: SourceTree(root: packageFolder, folders: []).text("CONTRIBUTING.md") ?? ""
  )

  /// Copies the package, and lists the content of each file.
  private func copy() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let paths = Self.copied.map { packageFolder + "/" + $0 }
    let outcome = try BatchProgram("/bin/cp", ["-R"] + paths + [folder.path]).wait()
    try #require(outcome.exit == .code(0), "\(outcome.errors)")
    return folder
  }

  private func carryOut(_ recipe: Recipe, in folder: TemporaryFolder) throws {
    let script = folder.file(recipe.command[0])
    let outcome = try BatchProgram(script, Array(recipe.command.dropFirst())).wait()
    try #require(outcome.exit == .code(0), "\(outcome.errors)")
  }

  @Test func `there are four recipes`() {
    #expect(Self.recipes.map(\.name) == ["A system call", "A command", "A program", "A policy"])
  }

  @Test(arguments: recipes)
  func `a recipe writes and changes exactly the files that it names`(recipe: Recipe) throws {
    let folder = try copy()
    let before = SourceTree.texts(in: folder.path)
    try carryOut(recipe, in: folder)
    let after = SourceTree.texts(in: folder.path)
    let changed = Set(after.filter { before[$0.key] != $0.value }.keys)
    #expect(changed.subtracting(recipe.paths).sorted() == [], "files that it does not name")
    #expect(recipe.paths.subtracting(changed).sorted() == [], "files that it names in vain")
    #expect(before.keys.filter { after[$0] == nil } == [])
    for (path, text) in recipe.texts { #expect(after[path] == text, "\(path)") }
  }

  @Test func `after all recipes the sources follow the architecture`() throws {
    let folder = try copy()
    for recipe in Self.recipes { try carryOut(recipe, in: folder) }
    let tree = SourceTree(root: folder.path)
    let violations = Architecture.coros.rules.flatMap { $0.violations(in: tree) }
    #expect(violations.filter { !Architecture.allows($0) }.map(\.description) == [])
  }

  @Test(arguments: [
    ["call"], ["call", "CountAlive", "more"], ["command", "headcount"], ["toy", "Train"],
    ["program", "two words"], ["command", "headcount", "nowhere"], ["command", "ps", "looking"],
  ])
  func `an impossible request is refused, and changes nothing`(arguments: [String]) throws {
    let folder = try copy()
    let before = SourceTree.texts(in: folder.path)
    let outcome = try BatchProgram(folder.file("scripts/new"), arguments).wait()
    #expect(outcome.exit == .code(2))
    #expect(!outcome.errors.isEmpty)
    #expect(SourceTree.texts(in: folder.path) == before)
  }
}
