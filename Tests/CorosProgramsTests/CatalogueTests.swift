import CorosKernel
import CorosPrograms
import Testing

@Suite struct CatalogueTests {
  @Test func `programs are listed in teaching order, each once`() {
    let names = Catalogue.builtIn.programs.map(\.name)
    #expect(
      names == [
        "hello", "steps", "count", "spin", "job", "proc", "dice",
        "duet", "visit", "race", "whoami",
        "clock", "sleepers",
        "family", "orphan", "fib", "patience",
        "reaper", "traffic",
        "crash", "stubborn", "foreign", "circle", "forkbomb", "babble",
      ]
    )
    #expect(Set(names).count == names.count)
  }

  @Test func `usage lines mark optional arguments`() {
    let usages = Catalogue.builtIn.programs.map(\.usage).filter { $0.contains(" ") }
    #expect(
      usages == [
        "count [N]", "job [TICKS] [IO] [IOTIME]", "proc [BURSTS] [IOTIME]", "dice [N]",
        "clock [TICKS] [TIMES]", "sleepers [N]",
        "family [DEPTH]", "fib N", "patience [TICKS]", "crash [MESSAGE]", "stubborn [TIMES]",
        "circle [N]", "babble [BYTES]",
      ]
    )
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
      let required = program.parameters.prefix { $0.standard == nil }
      _ = try program.code(arguments: required.map { _ in "1" })
    }
  }

  @Test func `there is a sample of every program`() {
    let sampled = Set(samples.compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(sampled == Set(Catalogue.builtIn.programs.map(\.name)))
  }
}
