import Testing

/// A recipe of CONTRIBUTING.md: a command, and the files that it writes and changes according to the text.
struct Recipe: CustomTestStringConvertible {
  let name: String
  /// The words of the command.
  let command: [String]
  /// The files that the section names.
  var paths: Set<String> = []
  /// The shown content of files, by path.
  var texts: [String: String] = [:]

  var testDescription: String { name }

  /// The recipes of a page: its sections with a command.
  static func all(in page: String) -> [Recipe] {
    let lines = DocumentedMapRule.lines(of: page).filter { $0.headings.contains("Recipes") }
    var recipes: [Recipe] = []
    var path: String?
    for line in lines {
      if line.isCode {
        guard !line.text.hasPrefix("```"), let path, let last = recipes.indices.last else {
          continue
        }
        recipes[last].texts[path, default: ""] += line.text + "\n"
        continue
      }
      for quoted in DocumentedMapRule.quoted(line.text) {
        if quoted.hasPrefix("scripts/new "), let heading = line.headings.last {
          let command = quoted.split(separator: " ").map(String.init)
          recipes.append(Recipe(name: heading, command: command))
        } else if quoted.hasPrefix("Sources/") || quoted.hasPrefix("Tests/"),
          let last = recipes.indices.last
        {
          path = quoted
          recipes[last].paths.insert(quoted)
        }
      }
    }
    return recipes
  }
}
