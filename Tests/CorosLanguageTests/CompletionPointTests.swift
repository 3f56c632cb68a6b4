import CorosLanguage
import Testing

@Suite struct CompletionPointTests {
  /// The completion point at the `▮` in a line.
  private func completion(_ picture: String) -> CompletionPoint? {
    let parts = picture.split(separator: "▮", omittingEmptySubsequences: false)
    let before = String(parts[0])
    return CompletionPoint(line: parts.joined(), cursor: before.utf8.count)
  }

  @Test(arguments: [
    ("▮", [], "", 0..<0),
    ("sp▮", [], "sp", 0..<2),
    ("sp▮awn", [], "sp", 0..<2),
    ("spawn ▮", ["spawn"], "", 6..<6),
    ("spawn  co▮ 3", ["spawn"], "co", 7..<9),
    ("echo a; spawn co▮", ["spawn"], "co", 14..<16),
    ("a&&b||c d▮", ["c"], "d", 8..<9),
    ("a | b▮", [], "b", 4..<5),
    ("echo 'a b' \"c d\" e\\ f g▮", ["echo", "a b", "c d", "e f"], "g", 22..<23),
    ("echo a\\ b▮", ["echo"], "a b", 5..<9),
    ("echo a\\▮", ["echo"], "a", 5..<7),
    ("echo 日▮", ["echo"], "日", 5..<8),
    ("echo # a\nsp▮", [], "sp", 9..<11),
    ("echo a#▮", ["echo"], "a#", 5..<7),
    ("echo ''▮", ["echo"], "", 5..<7),
  ])
  func `the word being typed and the words before it`(
    picture: String,
    words: [String],
    text: String,
    range: SourceRange
  ) throws {
    let point = try #require(completion(picture))
    #expect(point.precedingWords == words)
    #expect(point.wordIndex == words.count)
    #expect(point.text == text)
    #expect(point.range == range)
    #expect(point.quote == nil)
    #expect(point.subject == .word)
  }

  @Test func `an open quote is reported, and operators in it are text`() throws {
    let single = try #require(completion("load 'my fi▮"))
    #expect(single.text == "my fi")
    #expect(single.quote == .single)
    #expect(single.range == 5..<11)
    let double = try #require(completion(#"load "a; \"b\n▮"#))
    #expect(double.text == #"a; "b\n"#)
    #expect(double.quote == .double)
    #expect(double.precedingWords == ["load"])
  }

  @Test func `a comment has nothing to complete`() {
    #expect(completion("echo a # b▮") == nil)
    #expect(completion("#▮") == nil)
  }

  @Test(arguments: [
    ("echo $na▮", "na", 5..<8, false), ("echo a${na▮", "na", 6..<10, true),
    ("$▮", "", 0..<1, false),
  ])
  func `a variable is completed by its name`(
    picture: String,
    text: String,
    range: SourceRange,
    braced: Bool
  ) throws {
    let point = try #require(completion(picture))
    #expect(point.text == text)
    #expect(point.range == range)
    #expect(point.subject == .variable(braced: braced))
  }

  @Test(arguments: ["echo '$na▮", "echo \\$na▮", "echo ${na}▮", "echo $na-▮", "echo $na''x▮"])
  func `a dollar sign elsewhere does not begin a variable`(picture: String) throws {
    #expect(try #require(completion(picture)).subject == .word)
  }

  @Test func `a variable within double quotes`() throws {
    let point = try #require(completion("echo \"is $na▮"))
    #expect(point.subject == .variable(braced: false))
    #expect(point.quote == .double)
  }

  @Test(arguments: [
    ("load my▮", "my file", "'my file'", "'my file"),
    ("load \"my▮", "my $file", #""my \$file""#, #""my \$file"#),
    ("load 'my▮", "my file", "'my file'", "'my file"),
    ("load 'my▮", "it's", #""it's""#, #""it's"#),
    ("load my▮", "myfile", "myfile", "myfile"),
    ("echo $na▮", "name", "$name", "$name"),
    ("echo ${na▮", "name", "${name}", "${name"),
  ])
  func `a replacement continues the open quotes`(
    picture: String,
    candidate: String,
    complete: String,
    partial: String
  ) throws {
    let point = try #require(completion(picture))
    #expect(point.replacement(for: candidate) == complete)
    #expect(point.replacement(for: candidate, isComplete: false) == partial)
  }

  @Test func `any cursor is clamped`() throws {
    #expect(CompletionPoint(line: "ab", cursor: 99)?.range == 0..<2)
    #expect(CompletionPoint(line: "ab", cursor: -5)?.range == 0..<0)
    #expect(CompletionPoint(line: "a日", cursor: 2)?.range == 0..<1)
  }

  @Test func `a complete line is read as the parser reads it`() throws {
    let line = #"echo 'a b' c\ d "e\"f" gh"#
    let point = try #require(CompletionPoint(line: line, cursor: line.utf8.count))
    #expect(try parsed(line) == [point.precedingWords + [point.text]])
  }
}
