package import CorosKernel

/// A program that is a list of system calls, in both forms of coroutine.
///
/// It notes replies and errors, and ends when killed.
package struct Script {
  package let calls: [any SystemCall]
  package let notes: Notes

  package init(_ calls: [any SystemCall], notes: Notes = Notes()) {
    self.calls = calls
    self.notes = notes
  }

  /// The program as an async function.
  package var body: TaskBody {
    { os in
      for call in calls {
        do {
          notes.add("\(try await os.call(call))")
        } catch let error as Termination {
          throw error
        } catch {
          notes.add("\(error)")
        }
      }
    }
  }

  /// The program as a state machine.
  package var machine: ScriptMachine { ScriptMachine(script: self) }
}

/// The position in a script, as a value.
package struct ScriptMachine: StateMachine {
  let script: Script
  private var next = 0

  init(script: Script) {
    self.script = script
  }

  package mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .start: break
    case .done: script.notes.add("()")
    case .reply(let value): script.notes.add("\(value)")
    case .failure(let error as Termination): return .threw(error)
    case .failure(let error): script.notes.add("\(error)")
    }
    guard next < script.calls.count else { return .returned }
    defer { next += 1 }
    return .call(script.calls[next])
  }
}
