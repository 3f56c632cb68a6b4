import Testing

@testable import CorosTerminal

@Suite struct PromptTests {
  @Test func `a prompt always ends in a plain space`() {
    #expect(Prompt("coros>").visibleText == "coros> ")
    #expect(Prompt("coros> ").visibleText == "coros> ")
    #expect(Prompt("").visibleText == " ")
    #expect(
      Prompt("a>", style: .init(codes: "31")).rendered(inColor: true)
        == "\u{1}\u{1B}[0;31m\u{1}a>\u{1}\u{1B}[0m\u{1} "
    )
    #expect(Prompt("", style: .init(codes: "31")).rendered(inColor: true) == " ")
  }

  @Test func `no escape sequence follows another`() {
    var prompt = Prompt("coros", style: .init(codes: "1;32"))
    prompt.append(":7", style: .init(codes: "36"))
    prompt.append("> ")
    let mark = "\u{1}"
    #expect(
      prompt.rendered(inColor: true) == "\(mark)\u{1B}[0;1;32m\(mark)coros"
        + "\(mark)\u{1B}[0;36m\(mark):7\(mark)\u{1B}[0m\(mark)> "
    )
    #expect(prompt.rendered(inColor: false) == "coros:7> ")
  }

  @Test func `control characters are removed from a prompt`() {
    #expect(Prompt("a\nb\u{1}\u{1B}[31mc> ").rendered(inColor: true) == "ab[31mc> ")
  }

  @Test func `prompts are compared by text and style`() {
    #expect(Prompt("a", style: .init(codes: "31")) == Prompt("a", style: .init(codes: "31")))
    #expect(Prompt("a", style: .init(codes: "31")) != Prompt("a"))
  }
}
