import CorosKernel
import CorosSync
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

/// Texts that nobody means: each ends in a clear error, or in a program that can be run and stopped.
@Suite(.timeLimit(.minutes(15))) struct HostileProgramTests {
  private static let sample = """
    program p ( a ) { var i = 0 , ok = true ; while i < 3 and ok { n += a ; x [ i ] = n - 1 ; i += 1 } ; if not ok {
    lock m } else { unlock m } ; atomic { n = n * 2 ; x [ 0 ] = n % 7 } ; await n > 0 ; when ok { n = 1 } ; loop {
    break } ; repeat 2 { yield } ; critical c { n = choose 1 .. 6 } ; var t = spawn p ( 1 ) ; wait t ; down s ; up s ;
    select { receive line i { write "got" i } after 2 { } } ; within 3 { sleep 9 } else { exit 2 } ; shield { send line 7 } ;
    assert n == a or me != tick ; take ( n ) ; signal full ; broadcast full ; wait full within 2 ; close line }
    """

  /// A machine with something of every kind.
  private func machine(_ seed: UInt64) throws -> TypedRun {
    try TypedRun(
      "shared n = 1, x[3], on = true",
      "mutex m",
      "condition full on m",
      "semaphore s = 1",
      "channel line 1",
      "procedure take(l) { l += 1 }",
      policy: Lottery(),
      seed: seed
    )
  }

  @Test(arguments: 0..<40)
  func `mangled programs are refused with a place, or run`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let run = try machine(seed)
    let words = Self.sample.split { $0 == " " || $0 == "\n" }.map { String($0) }
    for _ in 0..<25 {
      var text = words
      for _ in 0..<(1 + random.next(below: 3)) {
        let place = random.next(below: text.count)
        switch random.next(below: 3) {
        case 0: text.remove(at: place)
        case 1: text.insert(words[random.next(below: words.count)], at: place)
        default: text[place] = words[random.next(below: words.count)]
        }
      }
      let source = text.joined(separator: " ")
      do throws(ProgramError) {
        try run.scheduler.define(source)
      } catch {
        #expect(error.range.lowerBound >= 0 && error.range.upperBound <= source.utf8.count)
        #expect(!error.message.isEmpty)
        continue
      }
      guard run.scheduler.definitions?.programNames.contains("p") == true else { continue }
      let program = try #require(run.scheduler.definitions?.program("p"))
      let arguments = program.parameters.map { $0.summary == "true or false" ? "true" : "2" }
      try run.scheduler.createTask("p", try program.code(arguments: arguments))
      let end = run.scheduler.now + 60
      run.scheduler.run { $0.now >= end }
      #expect(run.scheduler.brokenInvariants().isEmpty, "\(source)")
    }
  }

  @Test func `what is nested too deeply is refused`() throws {
    let run = try machine(0)
    func message(_ text: String) -> String {
      do throws(ProgramError) {
        try run.scheduler.define(text)
        return ""
      } catch {
        return error.message
      }
    }
    let deep = String(repeating: "loop { ", count: 10_000) + String(repeating: "}", count: 10_001)
    #expect(message("program d { \(deep)") == "this is nested too deeply")
    let brackets = String(repeating: "(", count: 10_000) + String(repeating: ")", count: 10_000)
    #expect(message("program d { n = \(brackets) }") == "this is nested too deeply")
    let nots = String(repeating: "not ", count: 10_000)
    #expect(message("program d { on = \(nots) on }") == "this is nested too deeply")
    let branches = String(repeating: "if on { } else ", count: 10_000)
    #expect(message("program d { \(branches) { } }") == "this is nested too deeply")
    let sum = String(repeating: "1 + ", count: 10_000)
    #expect(message("program d { n = \(sum) 1 }") == "this expression is too long")
    let long = String(repeating: "n = 1\n", count: 200_000)
    #expect(message("program d { \(long) }").contains("longer than"))
    let many = String(repeating: "n = 1\n", count: 30_000)
    #expect(message("program d { \(many) }").contains("more than 20000 instructions"))
    #expect(message("shared big[10001]").contains("at most 10000 elements"))
  }

  @Test func `procedures cannot grow without bound, or call themselves`() throws {
    let run = try machine(0)
    try run.scheduler.define("procedure a0(l) { l += 1 }")
    var refusal = ""
    for level in 1...40 {
      do throws(ProgramError) {
        try run.scheduler.define("procedure a\(level)(l) { a\(level - 1)(l); a\(level - 1)(l) }")
      } catch {
        refusal = error.message
        break
      }
    }
    #expect(refusal.contains("too long"))
    #expect(throws: ProgramError.self) {
      try run.scheduler.define("procedure a0(l) { a1(l) }")
    }
  }

  @Test func `endless work is a step a round, and too much work in one step fails`() throws {
    let run = try TypedRun(
      "shared n = 0",
      "program round { loop { } }",
      "program local { var i = 0; loop { i = (i + 1) % 7 } }",
      "program whole { atomic { repeat 20000 { n = n + 1 } } }"
    )
    for name in ["round", "local", "whole"] { try run.spawn(name) }
    _ = run.scheduler.run(ticks: 1_000)
    #expect(run.scheduler.now == 1_000)
    let ending = "3: failed: line 1: a step of more than 10000 operations"
    #expect(run.endings == [ending])
    #expect(run.scheduler.brokenInvariants().isEmpty)
  }

  @Test func `there may be very many tasks of one program`() throws {
    #if DEBUG
      let count = 5_000
    #else
      let count = 100_000
    #endif
    let scheduler = Scheduler(limits: Limits(tasks: count))
    try scheduler.define("shared n = 0; program bump { n = n + 1 }")
    let program = try #require(scheduler.definitions?.program("bump"))
    for _ in 0..<count { try scheduler.createTask("bump", try program.code(arguments: [])) }
    #expect(scheduler.runEventLoop() == .allFinished)
    // All read before the first writes.
    #expect(scheduler.sharedValues[0].values == [.number(1)] && scheduler.now == 3 * count)
  }
}
