import CorosKernel
import Testing

/// Steps until nothing runs, and checks the kernel's invariants after every step.
func run(
  _ scheduler: Scheduler,
  steps: Int = 100_000,
  sourceLocation: SourceLocation = #_sourceLocation
) -> RunOutcome {
  for _ in 0..<steps {
    let result = scheduler.step()
    guard isWhole(scheduler, sourceLocation: sourceLocation) else { return .limitReached }
    if case .stalled(let outcome) = result { return outcome }
  }
  return .limitReached
}

/// Checks the kernel's invariants.
@discardableResult
func isWhole(
  _ scheduler: Scheduler,
  sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  let faults = scheduler.brokenInvariants()
  #expect(faults == [], "at tick \(scheduler.now)", sourceLocation: sourceLocation)
  return faults.isEmpty
}

/// An arbitrary error.
struct Mishap: Error, CustomStringConvertible {
  var description: String { "a mishap" }
}
