import CorosKernel
import CorosPrograms
import CorosStorm
import Testing

/// A task that does not end is cut off; its resources are lost, and nothing else.
@Suite struct CutOffTests {
  @Test func `a task that refuses to end can be killed after every step`() throws {
    let program = try #require(Catalogue.builtIn["stubborn"])
    var hunt = KillEverywhere { scheduler in
      try scheduler.createTask("stubborn", program.code(arguments: ["5000"]))
      try scheduler.createTask("witness") { os in try await os.waitTask(1) }
    }
    hunt.mostSteps = 20
    let outcome = try hunt.run()
    #expect(outcome.fault == nil)
    #expect(outcome.kills > 20)
  }
}
