import CorosLanguage

/// A page that needs nothing but itself: the run as data, and the script that plays it.
struct PageDocument {
  /// The text that every such page begins with.
  static let beginning = "<!DOCTYPE html>\n<!-- A run of coros"

  let title: String
  /// The version of the program that wrote it; empty if that is not known.
  var version = ""
  /// The run, as the player reads it.
  let data: JSON
  /// The timeline as SVG, for browsers that run no scripts.
  let picture: String
  /// What stands above the run: how it compares with another; empty for nothing.
  var comparison = ""
  /// The pictures of that comparison.
  var figures: [PageFigure] = []
  /// The figures of the tasks, the headings first, for these, too.
  let stats: [[String]]

  /// The whole file.
  var text: String {
    let style = PlayerSource.style
    let script = PlayerSource.script
    let drawing = picture.firstRange(of: "<svg").map { String(picture[$0.lowerBound...]) } ?? ""
    let policy = policy(script, [style, Self.style(of: drawing)])
    return """
      \(Self.beginning): it needs no network, and may be replaced by another -->
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="\(Self.escaped(version.isEmpty ? "coros" : "coros \(version)"))">
      <title>\(Self.escaped(title))</title>
      <style>\(style)</style>
      </head>
      <body>
      \(body)
      <noscript>
      <h1>\(Self.escaped(title))</h1>
      <p>This page plays the run step by step if the browser may run its script.</p>
      \(drawing)
      \(table)
      </noscript>
      <script type="text/plain" id="run">\(Self.harmless(data.text))</script>
      <script>\(script)</script>
      </body>
      </html>

      """
  }

  /// The frame for the player, with the comparison at its top.
  private var body: String {
    if comparison.isEmpty { return PlayerSource.body }
    let section = """
      <main hidden>
        <section id="orders" aria-labelledby="orders-title">
          <h2 id="orders-title">Two orders</h2>
          <p>\(Self.escaped(comparison))</p>
      \(figures.map(\.html).joined(separator: "\n"))
        </section>
      """
    return PlayerSource.body.replacing("<main hidden>", with: section, maxReplacements: 1)
  }

  /// What the browser may do: run the one script, apply the styles, and nothing else.
  private func policy(_ script: String, _ styles: [String]) -> String {
    func sources(_ texts: [String]) -> String {
      texts.filter { !$0.isEmpty }.map { "'sha256-\(SHA256.base64(of: $0))'" }
        .joined(separator: " ")
    }
    return "default-src 'none'; script-src \(sources([script])); style-src \(sources(styles)); "
      + (figures.isEmpty ? "" : "img-src data:; ")
      + "base-uri 'none'; form-action 'none'"
  }

  /// The text within the `style` of a picture.
  private static func style(of picture: String) -> String {
    guard let start = picture.firstRange(of: "<style>"),
      let end = picture.firstRange(of: "</style>")
    else { return "" }
    return String(picture[start.upperBound..<end.lowerBound])
  }

  private var table: String {
    let rows = stats.enumerated().map { index, row in
      let cell = index == 0 ? "th" : "td"
      return "<tr>" + row.map { "<\(cell)>\(Self.escaped($0))</\(cell)>" }.joined() + "</tr>\n"
    }
    return "<table>\n\(rows.joined())</table>"
  }

  /// JSON in which nothing ends the element that it stands in.
  static func harmless(_ json: String) -> String {
    json.replacing("<", with: "\\u003c")
  }

  /// A text as HTML.
  static func escaped(_ text: String) -> String {
    PhraseTable.printable(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
