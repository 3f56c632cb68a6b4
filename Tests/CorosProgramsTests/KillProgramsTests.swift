import CorosKernel
import CorosPrograms
import CorosStorm
import Testing

/// Kills each task of every program, in every form, after every step.
@Suite struct KillProgramsTests {
  /// The samples and their forms, except the one that has to be cut off.
  private static let cases: [(line: String, form: Program.Form)] =
    samples.filter { $0 != "stubborn 5000" }
    .flatMap { line in
      (Catalogue.builtIn[String(line.prefix { $0 != " " })]?.forms ?? []).map { (line, $0) }
    }

  @Test(arguments: cases)
  func `each task of a program can be killed after every step`(
    line: String,
    form: Program.Form
  ) throws {
    let words = line.split(separator: " ").map(String.init)
    let program = try #require(Catalogue.builtIn[words[0]])
    var begun = 0
    var unwound = 0
    let outcome = try KillEverywhere(
      afterwards: { begun == unwound ? [] : ["\(begun) begun, \(unwound) unwound"] },
      spawn: { scheduler in
        let code = try program.code(arguments: Array(words.dropFirst()), form: form)
        guard case .body(let body) = code else {
          return _ = try scheduler.createTask(words[0], code)
        }
        try scheduler.createTask(words[0]) { os in
          begun += 1
          defer { unwound += 1 }
          try await body(os)
        }
      }
    ).run()
    #expect(outcome.fault == nil)
    #expect(outcome.kills > 1)
    #expect((begun > 0) == (form == .async))
  }
}
