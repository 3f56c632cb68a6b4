import Testing

@testable import CorosTerminal

private func action(_ typed: String, _ words: String...) -> Completion.Action {
  Completion(replacing: 0..<typed.utf8.count, with: words.map { .init($0) }).action(typed: typed)
}

private func narrow(_: Unicode.Scalar) -> Int { 1 }

@Suite struct CompletionTests {
  @Test func `the effect of Tab`() {
    #expect(action("x") == .refuse)
    #expect(action("spawna", "spawnall") == .replace("spawnall "))
    #expect(action("sp", "spawn", "spawnall") == .replace("spawn"))
    #expect(action("spawn", "spawn", "spawnall") == .list)
    #expect(action("spawnall", "spawnall") == .replace("spawnall "))
    // Candidates that do not begin with the typed text do not shorten it.
    #expect(action("pawn", "spawn", "pawns") == .list)
  }

  @Test func `a candidate has a suffix`() {
    let completion = Completion(replacing: 0..<2, with: [.init("\"a b", suffix: "\" ")])
    #expect(completion.action(typed: "\"a") == .replace("\"a b\" "))
  }

  @Test func `a common prefix never splits a character`() {
    #expect(Completion.commonPrefix(["κόσμος", "κόμη"]) == "κό")
    #expect(Completion.commonPrefix(["e\u{301}a", "ea"]) == "")
    #expect(Completion.commonPrefix(["日本", "日光"]) == "日")
    #expect(Completion.commonPrefix([]) == "")
  }

  @Test func `candidates are in columns, read downwards`() {
    let words = ["a", "bb", "ccc", "d", "ee"]
    #expect(columns(words, width: 80, cells: narrow) == "a  bb  ccc  d  ee\n")
    #expect(columns(words, width: 11, cells: narrow) == "a    d\nbb   ee\nccc\n")
    #expect(columns(words, width: 3, cells: narrow) == "a\nbb\nccc\nd\nee\n")
    #expect(columns([], width: 80, cells: narrow) == "")
  }

  @Test func `columns are aligned by display width`() {
    let wide: (Unicode.Scalar) -> Int = { $0.value > 0x2E80 ? 2 : 1 }
    #expect(columns(["日本", "a", "b", "c"], width: 9, cells: wide) == "日本  b\na     c\n")
  }

  @Test(arguments: 1...60)
  func `no row is wider than the screen`(width: Int) {
    let words = (1...23).map { String(repeating: "x", count: $0 % 7 + 1) }
    let text = columns(words, width: width, cells: narrow)
    let longest = text.split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest < max(width, 8))
    #expect(text.split { $0 == " " || $0 == "\n" }.count == words.count)
  }
}
