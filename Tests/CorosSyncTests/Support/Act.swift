import CorosKernel

/// One thing that a task of a test does; each is a step, in both forms of coroutine.
enum Act {
  /// It makes a call, whatever comes of it.
  case call(any SystemCall)
  /// It writes what came of its last call.
  case tell((Outcome) -> String)
  /// It ends here if its last call failed.
  case stopIfFailed

  static func write(_ text: String) -> Act { .call(Write(text)) }
  static var yield: Act { .call(Yield()) }
  static var compute: Act { .call(Compute()) }
  static func sleep(_ ticks: Tick) -> Act { .call(Sleep(ticks)) }
  /// It writes the reply or the error of its last call.
  static var tell: Act { .tell { $0.mark } }

  /// What came of a call.
  enum Outcome: CustomStringConvertible {
    case done
    case reply(Any)
    case failure(any Error)

    var description: String {
      switch self {
      case .done: "done"
      case .reply(let value): "\(value)"
      case .failure(let error): "\(error)"
      }
    }

    var hasFailed: Bool { if case .failure = self { true } else { false } }

    /// The task that ended with the lock that this outcome is a grant of.
    var mark: String {
      if case .reply(let value) = self, let reply = value as? any CustomStringConvertible {
        return reply.description
      }
      return description
    }
  }
}

/// The two forms in which a test's tasks run.
enum Form: CaseIterable, Sendable {
  case async
  case machine

  func code(_ acts: [Act]) -> TaskCode {
    switch self {
    case .async: .body(ActingBody(acts: acts).body)
    case .machine: .machine(ActingMachine(acts: acts))
    }
  }
}

private struct ActingBody {
  let acts: [Act]

  var body: TaskBody {
    { os in
      var last = Act.Outcome.done
      for act in acts {
        switch act {
        case .stopIfFailed:
          if last.hasFailed { return }
        case .tell(let words):
          try await os.write(words(last))
        case .call(let call):
          do {
            last = try await outcome(of: call, os)
          } catch let error as Termination {
            throw error
          } catch {
            last = .failure(error)
          }
        }
      }
    }
  }

  private nonisolated(nonsending) func outcome<Call: SystemCall>(
    of call: Call,
    _ os: SystemInterface
  ) async throws -> Act.Outcome {
    let reply = try await os.call(call)
    return reply is Void ? .done : .reply(reply)
  }
}

private struct ActingMachine: StateMachine {
  let acts: [Act]
  private var next = 0
  private var last = Act.Outcome.done
  private var isTelling = false

  init(acts: [Act]) {
    self.acts = acts
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    switch resumption {
    case .failure(let error as Termination): return .threw(error)
    case .start: break
    case .done: if !isTelling { last = usualOutcome }
    case .reply(let value): last = .reply(value)
    case .failure(let error): last = .failure(error)
    }
    isTelling = false
    while next < acts.count {
      let act = acts[next]
      next += 1
      switch act {
      case .stopIfFailed: if last.hasFailed { return .returned }
      case .tell(let words):
        isTelling = true
        return .call(Write(words(last)))
      case .call(let call): return .call(call)
      }
    }
    return .returned
  }

  /// What a call without a reply, or with its usual one, comes to.
  private var usualOutcome: Act.Outcome {
    guard next > 0, case .call(let call) = acts[next - 1] else { return .done }
    return Self.usualOutcome(of: call)
  }

  private static func usualOutcome<Call: SystemCall>(of call: Call) -> Act.Outcome {
    Call.usualReply.map { .reply($0) } ?? .done
  }
}
