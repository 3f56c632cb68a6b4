import CorosHistory
import CorosInsight
import CorosKernel
import CorosPrograms
import CorosSession

/// A session with the built-in programs, which is never interrupted.
func makeSession(_ start: MachineStart = MachineStart()) -> Session {
  Session(catalogue: .builtIn, start: start) { false }
}

extension Session {
  /// Creates a task from a program, as `spawn` does.
  @discardableResult
  func spawn(_ name: String, _ arguments: String..., at arrival: Tick? = nil) throws -> TaskID {
    guard let program = catalogue[name] else { throw NoSuchProgram(name: name) }
    return try make(
      TaskRecipe(
        program: program,
        arguments: arguments,
        form: program.forms.last ?? .async,
        name: name,
        arrival: arrival ?? scheduler.now
      )
    )
  }

  /// The state of each task, the clock, and the policy.
  var picture: [String] {
    scheduler.tasks(includingEnded: true).map { "\($0.tid) \($0.name) \($0.state)" }
      + ["tick \(scheduler.now)", scheduler.policyDescription, "moment \(machine.moment)"]
  }
}

struct NoSuchProgram: Error {
  let name: String
}
