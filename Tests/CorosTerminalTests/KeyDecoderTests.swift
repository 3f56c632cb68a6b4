import Testing

@testable import CorosTerminal

private func keys(_ bytes: [UInt8], encoding: TextEncoding = .utf8) -> [Key] {
  var decoder = KeyDecoder(encoding: encoding)
  decoder.feed(bytes)
  var keys: [Key] = []
  while let key = decoder.nextKey() { keys.append(key) }
  return keys
}

private func text(_ bytes: [UInt8], encoding: TextEncoding = .utf8) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: keys(bytes, encoding: encoding).map(\.scalar))
  return String(view)
}

private let begin = "\u{1B}[200~"
private let end = "\u{1B}[201~"

@Suite struct KeyDecoderTests {
  @Test(arguments: ["abc", "wörld 日本 👩‍🚀", "e\u{301}", "\u{10FFFF}\u{7FF}\u{800}"])
  func `UTF-8 is decoded`(typed: String) {
    #expect(text(Array(typed.utf8)) == typed)
  }

  @Test(
    arguments: [
      ([0xC3, 0x28], "\u{FFFD}("),
      ([0xE6, 0x97, 0x28], "\u{FFFD}("),
      ([0xE6, 0xC3, 0xA9], "\u{FFFD}é"),
      ([0xFF, 0x61], "\u{FFFD}a"),
      ([0x80, 0x80, 0x61], "\u{FFFD}\u{FFFD}a"),
      ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF4, 0x90, 0x61], "\u{FFFD}\u{FFFD}a"),
    ] as [([UInt8], String)]
  )
  func `an invalid sequence does not affect the next character`(bytes: [UInt8], shown: String) {
    #expect(text(bytes) == shown)
  }

  @Test func `a character may arrive in parts`() {
    var decoder = KeyDecoder(encoding: .utf8)
    decoder.feed([0xE6, 0x97])
    #expect(decoder.nextKey() == nil)
    #expect(!decoder.isUndecided)
    decoder.feed([0xA5])
    #expect(decoder.nextKey() == Key(scalar: "日"))
  }

  @Test func `without UTF-8 only ASCII is typed`() {
    #expect(text(Array("aé日b".utf8), encoding: .ascii) == "ab")
  }

  @Test func `pasted keys are marked, and the marks of the paste are removed`() {
    #expect(
      keys(Array("a\(begin)b\tc\(end)\t".utf8)) == [
        Key(scalar: "a"), Key(scalar: "b", isPasted: true), Key(scalar: "\t", isPasted: true),
        Key(scalar: "c", isPasted: true), Key(scalar: "\t"),
      ]
    )
  }

  @Test func `in a paste each line ending is one newline`() {
    #expect(text(Array("\(begin)a\rb\r\nc\nd\(end)\r".utf8)) == "a\nb\nc\nd\r")
  }

  @Test func `a paste runs no editing command`() {
    #expect(text(Array("\(begin)a\u{1B}[Db\u{01}\u{7F}c\u{9B}d\(end)".utf8)) == "a[Dbcd")
  }

  @Test func `other escape sequences are passed on`() {
    #expect(text(Array("\u{1B}[1;5C\u{1B}[20~".utf8)) == "\u{1B}[1;5C\u{1B}[20~")
  }

  @Test func `a mark may arrive in parts`() {
    var decoder = KeyDecoder(encoding: .utf8)
    for byte in Array(begin.utf8) {
      #expect(decoder.nextKey() == nil)
      decoder.feed([byte])
    }
    decoder.feed(Array("x".utf8))
    #expect(decoder.nextKey() == Key(scalar: "x", isPasted: true))
  }

  @Test func `Escape alone is a key if nothing follows`() {
    var decoder = KeyDecoder(encoding: .utf8)
    decoder.feed([0x1B])
    #expect(decoder.nextKey() == nil)
    #expect(decoder.isUndecided)
    decoder.settle()
    #expect(decoder.nextKey() == Key(scalar: "\u{1B}"))
    #expect(!decoder.isUndecided)
    decoder.settle()
    #expect(decoder.nextKey() == nil)
  }

  @Test func `a reset discards input, and the rest of a paste up to its end`() {
    var decoder = KeyDecoder(encoding: .utf8)
    decoder.feed(Array("\(begin)abc\r".utf8))
    #expect(decoder.nextKey()?.isPasted == true)
    decoder.reset()
    #expect(decoder.nextKey() == nil)
    decoder.feed(Array("still pasted\r\u{1B}[Aand this".utf8))
    #expect(decoder.nextKey() == nil)
    #expect(decoder.isDiscarding)
    decoder.feed(Array("\r\(end)x".utf8))
    #expect(decoder.nextKey() == Key(scalar: "x"))
    #expect(!decoder.isDiscarding)
  }

  @Test func `a paste whose end is lost is over when nothing more comes`() {
    var decoder = KeyDecoder(encoding: .utf8)
    decoder.feed(Array("\(begin)abc".utf8))
    while decoder.nextKey() != nil {}
    decoder.reset()
    decoder.stopDiscarding()
    decoder.feed(Array("x".utf8))
    #expect(decoder.nextKey() == Key(scalar: "x"))
  }

  @Test func `after a paste that has come whole a reset discards nothing more`() {
    var decoder = KeyDecoder(encoding: .utf8)
    decoder.feed(Array("\(begin)a\rb\(end)".utf8))
    #expect(decoder.nextKey()?.isPasted == true)
    decoder.reset()
    decoder.feed(Array("x".utf8))
    #expect(decoder.nextKey() == Key(scalar: "x"))
  }

  // MARK: - Keys that nothing is bound to

  /// What is typed by a decoder for which only Ctrl-Right is bound, byte by byte and at once.
  private func typed(_ text: String) -> [String] {
    [1, 1_000].map { size in
      var decoder = KeyDecoder(encoding: .utf8) { $0 == Array("\u{1B}[1;5C".utf8) }
      var rest = Array(text.utf8)[...]
      var result = String.UnicodeScalarView()
      while !rest.isEmpty {
        decoder.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
        while let key = decoder.nextKey() { result.append(key.scalar) }
      }
      return String(result)
    }
  }

  @Test(arguments: [
    "\u{1B}[15~", "\u{1B}[24~", "\u{1B}OP", "\u{1B}[[A", "\u{1B}[1;2A", "\u{1B}[1;5P", "\u{1B}O5C",
    "\u{1B}[?1;2c", "\u{1B}[24;80R", "\u{1B}[0n", "\u{1B}[I", "\u{1B}[<0;10;5M", "\u{1B}[27;5;13~",
    "\u{1B}[97;5u", "\u{1B}]11;rgb:0000/0000/0000\u{07}", "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\",
    "\u{1B}P1$r0m\u{1B}\\", "\u{1B}P>|xterm(370)\u{1B}\\", "\u{1B}_G;OK\u{1B}\\",
  ])
  func `an unbound key or an answer leaves nothing in the line`(_ sequence: String) {
    #expect(typed("a\(sequence)b\(sequence)\(sequence)c") == ["abc", "abc"])
  }

  @Test func `a bound key, and a Meta key, are passed on`() {
    let text = "a\u{1B}[1;5Cb\u{1B}f\u{1B}.c"
    #expect(typed(text) == [text, text])
  }

  @Test func `bound keys are found in the settings of the user`() {
    let text = """
      # bind "\\e[11~" is F1
      bind "\\e[15~" ed-clear-screen
      coros:bind "^[[1;2A" ed-prev-history
      bind "\\033OP" em-delete-next-word
      bind ^X ed-newline
      """
    let found = EscapeSequence.sequences(in: text)
    #expect(
      found == Set(["\u{1B}[11~", "\u{1B}[15~", "\u{1B}[1;2A", "\u{1B}OP"].map { Array($0.utf8) })
    )
  }
}
