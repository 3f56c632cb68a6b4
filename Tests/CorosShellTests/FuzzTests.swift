import CorosKernel
import CorosPrograms
import Testing

@testable import CorosCommands
@testable import CorosSession
@testable import CorosShell

/// A live shell with random input.
@Suite struct FuzzTests {
  private static let linesEach = 12_500

  @Test(arguments: [false, true], [UInt64(1), 2, 3, 4])
  func `no line crashes or hangs the shell, or breaks the kernel`(
    _ isJSON: Bool,
    _ seed: UInt64
  ) throws {
    var settings = Settings()
    settings.isJSON = isJSON
    settings.isInteractive = seed % 2 == 0
    settings.start.taskLimit = 30
    // A random word could be the name of any file.
    settings.isSandboxed = true
    let session = TestShell(settings)
    var typist = Monkey(generator: RandomSource(seed: seed))
    var time: UInt64 = 1
    for number in 1...Self.linesEach {
      let line = typist.line()
      session.host.patience = 20
      session.shell.execute(line)
      if session.shell.session.live.isOn {
        time += 100_000_000
        _ = session.shell.liveSlice(nanoseconds: time)
      }
      session.shell.flush()
      session.shell.exitStatus = nil
      let place: Comment = "seed \(seed), line \(number): \(line.debugDescription)"
      let seen = session.host.takeSeen()
      if isJSON {
        #expect(throws: Never.self, place) { _ = try parsedLines(seen) }
      }
      #expect(seen.utf8.count < 2_000_000, place)
      if number % 100 == 0 {
        let broken = session.shell.scheduler.brokenInvariants()
        try #require(broken.isEmpty, place)
        // Permanent settings would make the rest of the session dull.
        session.type("reset; limit tasks 30; trace off; policy rr; delete all")
        session.host.patience = nil
      }
      _ = (session.host.takeOutput(), session.host.takeErrors())
    }
  }
}

/// Types lines from a grammar of commands, lines with a few errors, and arbitrary bytes.
private struct Monkey {
  var generator: RandomSource

  mutating func line() -> String {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: noise()
    case 1, 2: slipped(sentence())
    default: sentence()
    }
  }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &generator)]
  }

  private mutating func sentence() -> String {
    var line = command()
    while Int.random(in: 0..<4, using: &generator) == 0 {
      line += one(of: ["; ", " && ", " || ", ";", "&&"]) + command()
    }
    return line
  }

  private mutating func command() -> String {
    var words = [one(of: Self.names)]
    if words[0] == "spawn" { words.append(one(of: Self.programs)) }
    for _ in 0..<Int.random(in: 0...3, using: &generator) { words.append(argument()) }
    return words.joined(separator: " ")
  }

  private mutating func argument() -> String {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: one(of: Self.words)
    case 1: String(Int.random(in: 0...3, using: &generator))
    default: String(Int.random(in: 1...40, using: &generator))
    }
  }

  private mutating func slipped(_ line: String) -> String {
    var bytes = Array(line.utf8)
    for _ in 0...Int.random(in: 0...2, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      default: bytes.append(contentsOf: bytes.suffix(place))
      }
    }
    return String(decoding: bytes.prefix(400), as: UTF8.self)
  }

  private mutating func noise() -> String {
    let count = Int.random(in: 0...30, using: &generator)
    let isText = Bool.random(using: &generator)
    let bytes = (0..<count).map { _ in
      isText
        ? one(of: Array("ps kill spawn $!?#@{}'\"\\;&|()=<>0123456789-\t".utf8))
        : UInt8.random(in: 0...255, using: &generator)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let names =
    CommandTable.all.names
    + ["spawn", "spawn", "spawn", "run", "step", "wait", "kill", "stop", "resume", "nonsense"]
    + ["break", "break", "watch", "continue", "rcontinue"]

  // `foreign` waits for real time.
  private static let programs = ["nonsense"] + catalogue.filter { $0 != "foreign" }
  private static let catalogue: [String] = TestShell().shell.catalogue.programs.map(\.name)

  private static let words = [
    "-a", "on", "off", "show", "rr", "quantum=3", "quantum=", "tasks", "ready", "exited", "x", "$x",
    "$!", "$?", "$1", "$#", "$@", "${x}", "\"a b\"", "''", "-1", "99999999999999999999", "0", "-",
    "state(1)", "==", "count(live)", "tick", "and", "not", "(", ")", "日本", "\u{7}", "# no", "=",
    "9223372036854775807", "\u{E9}", "exit", "call", "Sleep", "tick", "when", "any", "failed",
    "deadlock", "state", "waiting", "write", "--once", "--ignore", "--do", "--by", "continue",
    "'step; continue'", "'back 2; continue'", "'break any --do continue'", "all", ">",
  ]
}
