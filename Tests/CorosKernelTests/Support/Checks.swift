import CorosKernel
import Testing

/// Steps until nothing runs, and checks after every step that the kernel is whole.
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

/// Checks that nothing in the kernel is at odds.
@discardableResult
func isWhole(
  _ scheduler: Scheduler,
  sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  let faults = scheduler.brokenInvariants()
  #expect(faults == [], "at tick \(scheduler.now)", sourceLocation: sourceLocation)
  return faults.isEmpty
}

/// An error of no importance.
struct Mishap: Error, CustomStringConvertible {
  var description: String { "a mishap" }
}
