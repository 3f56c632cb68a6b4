import CorosKernel
import CorosLanguage
import Testing

@Suite struct HostileInputTests {
  private static let pieces = [
    "'", "\"", "\\", "$", "${", "}", ";", "&", "|", "&&", "||", "#", " ", "\t", "\n", "\r", "\0",
    "\u{1B}", "\u{7F}", "a", "b1", "_", "日", "é", "e\u{301}", "\u{301}", "🇩🇪", "\u{A0}", "\u{200B}",
    "\u{FEFF}", "\u{3000}", "$x", "${x}", "$@", "$!", "$?", "$1", "$#", "(", ")", "<", "==", "echo",
    "not ", "and ", "or ", ",", "9", "-", "99999999999999999999",
  ]

  private static func line(from generator: inout RandomSource) -> String {
    var line = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      line += pieces.randomElement(using: &generator) ?? ""
    }
    return line
  }

  /// A line with a few random changes, such as typing errors.
  private static func mutated(_ line: String, with generator: inout RandomSource) -> String {
    var bytes = Array(line.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 0...127, using: &generator), at: place)
      case 2: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let seeds = [
    "spawn philosophers 5 'hungry ones'; run && ps -a || echo \"no luck: $?\" # try",
    "assert state(3) == exited and not (tick < 100 or count(waiting) != $#)",
    "echo ${x}y$1 \"${x} $@\" it\\'s 日本語 $!",
  ]

  private let variables = Variables(
    named: ["x": "'; |\" $x"],
    lastSpawned: "3",
    status: "0",
    arguments: ["one", "two words"]
  )

  @Test(arguments: 0..<10)
  func `ten thousand random lines do not crash the parser, and each error lies within its line`(
    seed: Int
  ) throws {
    var generator = RandomSource(seed: UInt64(seed))
    for round in 0..<10_000 {
      var line = Self.line(from: &generator)
      if round % 2 == 0 { line = Self.mutated(Self.seeds[round % 3], with: &generator) }
      guard survives(line) else {
        Issue.record("seed \(seed), line \(round): \(line.debugDescription)")
        return
      }
      guard try parsed(quoted(line)) == [[line]] else {
        Issue.record("does not come back: \(line.debugDescription) as \(quoted(line))")
        return
      }
    }
  }

  /// Passes a line through all stages that a typed line passes.
  private func survives(_ line: String) -> Bool {
    let length = line.utf8.count
    let cursor = length / 2
    if let point = CompletionPoint(line: line, cursor: cursor) {
      guard point.range.upperBound <= cursor, point.range.lowerBound >= 0 else { return false }
      _ = point.replacement(for: line)
    }
    do throws(SyntaxError) {
      var end = 0
      for entry in try CommandList(parsing: line).entries {
        let range = entry.command.range
        guard range.lowerBound >= end, range.upperBound <= length else { return false }
        end = range.upperBound
        let words = entry.command.words.map(\.range)
        guard !words.isEmpty, words.allSatisfy({ range.contains($0.lowerBound) }) else {
          return false
        }
        let arguments = try entry.command.expanded(with: variables)
        guard survives(arguments, of: line) else { return false }
      }
      return true
    } catch {
      return isSound(error, in: line) && !error.range.isEmpty
    }
  }

  private func survives(_ arguments: [Argument], of line: String) -> Bool {
    do throws(ExpressionError) {
      _ = try Expression(parsing: arguments.dropFirst(), in: line)
      return true
    } catch {
      return isSound(error, in: line)
    }
  }

  private func isSound(_ error: some Diagnostic, in line: String) -> Bool {
    let text = error.rendered(in: line, width: 40)
    let column = error.column(in: line)
    return error.range.upperBound <= line.utf8.count
      && error.range.lowerBound >= 0
      && (1...line.count + 1).contains(column)
      && !error.message.isEmpty && text.contains("^")
      && text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0 != "\u{7F}" }
  }

  @Test func `ten megabytes are parsed, refused and rendered`() throws {
    let size = 10_000_000
    #expect(try parsed(String(repeating: "x", count: size))[0][0].utf8.count == size)
    #expect(
      try parsed("'" + String(repeating: "é", count: size / 2) + "'")[0][0].utf8.count == size
    )
    #expect(
      refusal(of: String(repeating: "x", count: size) + " 'y", width: 30) == """
        this quote is never closed
          …xxxxxxxxxxxxxxxxxxxxxxxx 'y
                                    ^
          hint: end it with another ', or write \\' for the character itself
        """
    )
    #expect(refusal(of: "$" + String(repeating: "x", count: size)).utf8.count < 1000)
    #expect(refusal(of: "${" + String(repeating: "x", count: size) + ":}").utf8.count < 1000)
    #expect(refusal(of: "'" + String(repeating: "\u{301}", count: size / 2)).utf8.count < 1000)
  }

  @Test(arguments: ["'", "\"", "\"'", "'a\"b\"'", "\\\"", "${", "(", "''\"\"", "a'b'", "&& ", "; "])
  func `a hundred thousand repetitions neither crash nor hang`(piece: String) {
    let line = String(repeating: piece, count: 100_000)
    #expect(survives(line))
    #expect(survives("echo " + line))
  }

  @Test func `a hundred thousand quotes open and close in one word`() throws {
    let line = "echo " + String(repeating: "'a'\"b\"", count: 100_000)
    let words = try parsed(line)
    #expect(words[0].count == 2)
    #expect(words[0][1].utf8.count == 200_000)
  }
}
