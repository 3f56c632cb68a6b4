@testable import CorosKernel

/// A task that makes some calls, one after the other, and keeps what came of each.
///
/// It ends by an error that tells all of it, so that it can be read off the machine.
struct Caller: StateMachine {
  struct Ended: Error, CustomStringConvertible {
    let description: String
  }

  let calls: [any SystemCall]
  /// Whether its end is no failure, as where a failure would end others.
  var endsQuietly = false
  private var next = 0
  private(set) var answers: [String] = []

  init(_ calls: [any SystemCall], endsQuietly: Bool = false) {
    self.calls = calls
    self.endsQuietly = endsQuietly
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .start: break
    case .done: answers.append("done")
    case .reply(let value): answers.append("\(value)")
    case .failure(let error as Termination): return .threw(error)
    case .failure(let error): answers.append("\(error)")
    }
    guard next < calls.count else {
      return endsQuietly ? .returned : .threw(Ended(description: answers.joined(separator: ", ")))
    }
    defer { next += 1 }
    return .call(calls[next])
  }
}

extension Scheduler {
  /// The task as it stands; nil for other tasks, and for those that have ended.
  func caller(_ task: TaskID) -> Caller? {
    state.slot(of: task).flatMap { state[$0].coroutine as? Caller }
  }
}
