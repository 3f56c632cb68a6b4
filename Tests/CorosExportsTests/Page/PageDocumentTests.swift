import CorosLanguage
import Foundation
import Testing

@testable import CorosExports

@Suite struct PageDocumentTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/CorosExports/Player")

  private static func file(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test func `the program contains the player's files as they are`() throws {
    let parts = [
      ("body.html", PlayerSource.body), ("style.css", PlayerSource.style),
      ("data.js", PlayerSource.data), ("words.js", PlayerSource.words),
      ("timeline.js", PlayerSource.timeline), ("view.js", PlayerSource.view),
      ("keys.js", PlayerSource.keys),
    ]
    for (name, text) in parts {
      #expect(try Self.file(name) == text + "\n", "run scripts/player")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.sorted() == parts.map(\.0).sorted())
  }

  @Test func `the player is small, and asks no network for anything`() {
    let all = [PlayerSource.body, PlayerSource.style, PlayerSource.script]
    #expect(all.reduce(0) { $0 + $1.utf8.count } <= 60_000)
    for word in ["innerHTML =", "eval(", "fetch(", "import(", "http:", "https:", "url("] {
      #expect(!all.contains { $0.contains(word) }, "\(word)")
    }
  }

  @Test(
    arguments: [
      ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
      ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
      (String(repeating: "a", count: 119), "MeulHDE6XAgiat8Y1KNZz9/Y0ugWsT9K+VL36mWE3Ps="),
      (String(repeating: "b", count: 1_000), "9vEY4SDlK+C9DP3yeUzRLAdobMhxI1rC8RRZN45tI1s="),
    ]
  )
  func `digests are those of the standard`(_ text: String, _ digest: String) {
    #expect(SHA256.base64(of: text) == digest)
  }

  @Test func `texts of a run end no element`() {
    let hostile = "</script><img src=x onerror=\"alert(1)\"><!--&\0"
    let page = PageDocument(
      title: hostile,
      data: ["name": .string(hostile)],
      picture: "",
      stats: [[hostile]]
    )
    #expect(!page.text.contains("<img"))
    let escaped =
      "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&lt;!--&amp;\u{2400}"
    #expect(page.text.contains("<title>\(escaped)</title>"))
    #expect(page.text.contains("<th>\(escaped)</th>"))
    #expect(page.text.contains("{\"name\":\"\\u003c/script>\\u003cimg"))
    #expect(page.text.hasPrefix(PageDocument.beginning))
  }
}
