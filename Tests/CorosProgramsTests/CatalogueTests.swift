import CorosKernel
import CorosPrograms
import Testing

@Suite struct CatalogueTests {
  @Test func `no program is listed twice`() {
    let names = Catalogue.builtIn.programs.map(\.name)
    #expect(names.filter { name in names.count { $0 == name } > 1 } == [])
  }

  @Test(arguments: [
    ("count", "count [N]"), ("job", "job [TICKS] [IO] [IOTIME]"), ("fib", "fib N"),
    ("crash", "crash [MESSAGE]"), ("hello", "hello"),
  ])
  func `usage lines mark optional arguments`(name: String, usage: String) {
    #expect(Catalogue.builtIn[name]?.usage == usage)
  }

  @Test func `each program has a summary and a lesson`() {
    for program in Catalogue.builtIn.programs {
      #expect(!program.summary.isEmpty && program.summary.count <= 72, "\(program.name)")
      #expect(program.summary.last?.isPunctuation == false, "\(program.name)")
      #expect(program.lesson.last == ".", "\(program.name)")
      #expect(!program.lesson.contains { $0.isNewline }, "\(program.name)")
      #expect(!program.lesson.contains("  "), "\(program.name)")
      for parameter in program.parameters {
        #expect(!parameter.summary.isEmpty && parameter.summary.last != ".", "\(program.name)")
      }
    }
  }

  @Test func `default arguments are valid`() throws {
    for program in Catalogue.builtIn.programs {
      _ = try program.code(arguments: program.required.map { _ in "1" })
    }
  }
}
