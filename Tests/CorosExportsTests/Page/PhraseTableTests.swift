import Testing

@testable import CorosExports

@Suite struct PhraseTableTests {
  private var table = PhraseTable()

  @Test mutating func `texts that differ in numbers share a pattern`() {
    let first = table.phrase("it has waited 12 ticks")
    let second = table.phrase("it has waited 7 ticks")
    #expect(first == Phrase(pattern: 1, numbers: [12]))
    #expect(second == Phrase(pattern: 1, numbers: [7]))
    #expect(table.patterns == ["", "it has waited \u{1}# ticks"])
    #expect(table.phrase("") == .none)
  }

  @Test(
    arguments: [
      "007 and 00", "a1b22c", "9999999999999999 is too long", "3.14", "-5", "0", "1 2 3",
      "日本語 12 é", "{task} 5",
    ]
  )
  mutating func `every text comes back`(_ text: String) {
    let phrase = table.phrase(text)
    var numbers = phrase.numbers[...]
    let parts = table.patterns[phrase.pattern].split(
      separator: "\u{1}",
      omittingEmptySubsequences: false
    )
    let rest = parts.dropFirst().map { "\(numbers.removeFirst())" + $0.dropFirst() }
    #expect(parts[0] + rest.joined() == text)
    #expect(numbers.isEmpty)
  }

  @Test mutating func `what a number means need not be repeated`() {
    var meanings = PhraseTable.Meanings(task: 3, tick: 8, previous: 2, now: 10, deadlines: [14])
    meanings.parts = [("it writes", .deed)]
    meanings.positions = [5: 1]
    let phrase = table.phrase(
      "task 3 at 8 took it from 2: it writes, 4 ticks from now; task 5 is ready, number 1 in the queue",
      meanings
    )
    #expect(
      table.patterns[phrase.pattern]
        == "task \u{1}t at \u{1}j took it from \u{1}l: \u{1}s, \u{1}- ticks from now; "
        + "task \u{1}# is ready, number \u{1}q in the queue"
    )
    #expect(phrase.numbers == [14, 5, 5])
  }

  @Test mutating func `what is counted down goes before the number of a task`() {
    let meanings = PhraseTable.Meanings(task: 9, now: 52, deadlines: [61])
    let phrase = table.phrase("task 9 sleeps until tick 61: 9 ticks from now", meanings)
    #expect(
      table.patterns[phrase.pattern]
        == "task \u{1}t sleeps until tick \u{1}#: \u{1}- ticks from now"
    )
    #expect(phrase.numbers == [61, 61])
  }

  @Test mutating func `nothing that cannot be shown gets in`() {
    let phrase = table.phrase("a\u{1}#b\u{1B}[31m\u{202E}c\r\nd\te")
    #expect(table.patterns[phrase.pattern] == "a\u{2401}#b\u{241B}[\u{1}#m\u{FFFD}c\nd    e")
  }

  @Test mutating func `what tasks write shares patterns, unless it is full of numbers`() {
    let phrases = ["round 1 of 9", "round 22 of 9"].map { table.phrase(ofOutput: $0) }
    #expect(phrases.map(\.numbers) == [[1, 9], [22, 9]])
    #expect(Set(phrases.map(\.pattern)).count == 1)
    let full = table.phrase(ofOutput: "1 2 3 4 5 6 7 8 9")
    #expect(full.numbers.isEmpty && table.patterns[full.pattern] == "1 2 3 4 5 6 7 8 9")
    #expect(table.phrase(ofOutput: "") == .none)
    let long = table.phrase(ofOutput: String(repeating: "x", count: 9_999))
    #expect(table.patterns[long.pattern].utf8.count < 4_200)
  }

  @Test mutating func `numbers stand in a pattern only as they are written again`() {
    let text = "0 07 007 999999999999999 9999999999999999 1a2"
    let phrase = table.phrase(text)
    #expect(phrase.numbers == [0, 999_999_999_999_999, 1, 2])
    #expect(
      table.patterns[phrase.pattern]
        == "\u{1}# 07 007 \u{1}# 9999999999999999 \u{1}#a\u{1}#"
    )
  }

  @Test mutating func `lists of phrases are named by their patterns`() {
    let phrases = [table.phrase("a 1"), table.phrase("b 2 3")]
    #expect(table.code(of: phrases) == [0, 1, 2, 3])
    #expect(table.code(of: [phrases[1]]) == [1, 2, 3])
    #expect(table.code(of: [table.phrase("a 7"), table.phrase("b 8 9")]) == [0, 7, 8, 9])
    #expect(table.lists == [[1, 2], [2]])
  }

  @Test func `numbers are written in as many digits as they need`() {
    var row = PageRow(ticks: 1, task: 31, deed: Phrase(pattern: 32, numbers: [1_023, 1_024]))
    row.add(.ticksLeft, [PageRow.signed(-1), PageRow.signed(0), PageRow.signed(5)])
    #expect(row.text == "Bf" + "gB" + "/f" + "ggB" + "H" + "BAK")
  }
}
