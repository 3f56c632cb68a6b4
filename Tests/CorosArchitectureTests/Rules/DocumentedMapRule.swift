/// CONTRIBUTING.md shows the modules and their folders in order, and names only files that exist.
struct DocumentedMapRule: Rule {
  let architecture: Architecture

  static let page = "CONTRIBUTING.md"
  /// The heading of the map, which has a heading for each module with folders.
  static let map = "The map"

  func violations(in tree: SourceTree) -> [Violation] {
    guard let text = tree.text(Self.page) else {
      return [Violation(Self.page, "there is no such page")]
    }
    let lines = Self.lines(of: text)
    return missingParts(in: lines) + missingFiles(in: lines, tree)
  }

  struct Line {
    let number: Int
    let text: String
    /// The headings above it, from the widest.
    let headings: [String]
    let isCode: Bool
  }

  static func lines(of text: String) -> [Line] {
    var headings: [String] = []
    var isCode = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      index,
      line in
      let isFence = line.hasPrefix("```")
      if isFence { isCode.toggle() }
      let level = line.prefix { $0 == "#" }.count
      if level > 0, !isCode {
        headings = headings.prefix(level - 1) + [String(line.dropFirst(level + 1))]
      }
      return Line(
        number: index + 1,
        text: String(line),
        headings: headings,
        isCode: isCode || isFence
      )
    }
  }

  private func missingParts(in lines: [Line]) -> [Violation] {
    let map = lines.filter { $0.headings.contains(Self.map) }
    var violations = differences(
      of: map.filter { $0.headings.last == Self.map },
      from: architecture.modules.map(\.name),
      "the modules"
    )
    for module in architecture.modules where module.folders.count > 1 {
      violations += differences(
        of: map.filter { $0.headings.last == module.name },
        from: module.folders.filter { !$0.isEmpty },
        "the folders of \(module.name)"
      )
    }
    return violations
  }

  /// Checks that the first column of a table has exactly the expected names, in order.
  private func differences(of table: [Line], from expected: [String], _ what: String) -> [Violation]
  {
    let shown = table.filter { $0.text.hasPrefix("| `") }.map { Self.quoted($0.text)[0] }
    if shown == expected { return [] }
    let line = table.first?.number ?? 1
    return [
      Violation(Self.page, line: line, "\(what) are \(expected), in this order; shown are \(shown)")
    ]
  }

  private func missingFiles(in lines: [Line], _ tree: SourceTree) -> [Violation] {
    lines.filter { !$0.isCode && !$0.headings.contains("Recipes") }.flatMap { line in
      Self.quoted(line.text).filter(Self.isPath).filter { path in
        !tree.exists(path) && !tree.exists("Sources/" + path)
      }.map { Violation(Self.page, line: line.number, "there is no \($0)") }
    }
  }

  /// The texts between backticks.
  static func quoted(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  private static func isPath(_ text: String) -> Bool {
    let first = text.split(separator: "/").first ?? ""
    let roots = ["Sources", "Tests", "Fuzz", "Benchmarks", "Examples", "scripts", "coros"]
    return text.contains("/") && !text.contains(" ")
      && (roots.contains(String(first)) || first.hasPrefix("Coros"))
  }
}
