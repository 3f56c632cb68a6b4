import CorosInterpreter
import CorosKernel
import CorosLanguage

/// Invariants of typed programs, for any input.
package enum TypedProgramCheck {
  /// A machine with something of every kind.
  private static let declarations = """
    shared n = 1, x[3], on = true; mutex m, fork[2]; condition full on m; semaphore s = 1; channel line 1
    channel meet; barrier door 2; event go; rwlock table; procedure take(l) { l += 1 }
    program other(i) { yield; n += i }; always n < 1000
    """

  /// The words of the language, from which bytes choose.
  private static let words: [String] =
    ProgramWords.statements + ProgramWords.inner
      + """
      program p ( ) { } [ ] , ; = == != < <= > >= + - * / % += -= .. 0 1 2 3 7 9223372036854775807 "text" n x on m
      fork full s line meet door go table take other a b i as servant from max x[i] x[0] fork[1] n += 1 lock m unlock m
      down s up s await n == while on { yield } if n > 1 { } else { } var a = repeat 3 { other(1) 10000
      """.split(whereSeparator: \.isWhitespace).map { String($0) }

  /// Defines, runs and looks at a program; traps if an invariant is violated.
  ///
  /// - Parameter bytes: A text, or the choice of words for one, as the first byte says.
  package static func run(_ bytes: some Collection<UInt8>) {
    guard let first = bytes.first else { return }
    let rest = bytes.dropFirst()
    let body =
      first % 4 == 0
      ? String(decoding: rest, as: UTF8.self)
      : rest.map { words[Int($0) % words.count] }.joined(separator: " ")
    run(text: first % 4 == 1 ? body : "program p { \(body) }", seed: UInt64(first))
  }

  private static func run(text: String, seed: UInt64) {
    let policy: any SchedulingPolicy = seed % 8 < 4 ? RoundRobin() : Lottery()
    let scheduler = Scheduler(
      policy: policy,
      seed: seed,
      limits: Limits(tasks: 40)
    )
    do throws(ProgramError) {
      try scheduler.define(declarations)
    } catch {
      preconditionFailure("\(error)")
    }
    do throws(ProgramError) {
      try scheduler.define(text)
    } catch {
      precondition(error.range.lowerBound >= 0, "an error begins before the text")
      precondition(error.range.upperBound <= max(1, text.utf8.count), "an error ends after it")
      precondition(!error.message.isEmpty, "an error has no message")
      return
    }
    if let definitions = scheduler.definitions, let parsed = try? Definition.parse(text) {
      for remark in definitions.remarks(on: parsed) {
        precondition(remark.range.upperBound <= text.utf8.count, "a remark ends after the text")
      }
    }
    guard let program = scheduler.definitions?.program("p") else { return }
    for copy in 0..<3 {
      let arguments = program.parameters.map { $0.summary == "true or false" ? "true" : "\(copy)" }
      guard let code = try? program.code(arguments: arguments) else { return }
      _ = try? scheduler.createTask("p", code)
    }
    for step in 0..<400 {
      if case .stalled = scheduler.step() { break }
      if step % 20 == 0 || step < 20 { look(at: scheduler) }
    }
    look(at: scheduler)
    if let first = scheduler.tasks().first(where: { _ in true }) {
      _ = try? scheduler.perform(KillTask(first.tid))
    }
    look(at: scheduler)
  }

  /// Asks what debuggers ask.
  private static func look(at scheduler: Scheduler) {
    let faults = scheduler.brokenInvariants()
    precondition(faults.isEmpty, "\(faults)")
    _ = scheduler.brokenCheck(atEnd: false)
    let programs = scheduler.tasks().prefix(4).compactMap { scheduler.steppedProgram(of: $0.tid) }
    for program in programs {
      _ = (program.line, program.act, program.variables, program.condition)
      for other in programs { _ = program.relief(of: other) }
    }
  }
}
