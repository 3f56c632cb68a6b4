/// The speed at which the stepper runs by itself.
package enum StepperSpeed: Hashable, Sendable {
  case ticksPerSecond(Int)
  /// As fast as the machine goes.
  case unbounded
  /// As the time outside passes; nobody chooses it for a stepper.
  case realTime

  package static let standard = ticksPerSecond(10)

  package static let all: [StepperSpeed] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map { .ticksPerSecond($0) } + [.unbounded]

  /// The speed a number of places further; the first or the last at the ends.
  package func changed(by places: Int) -> StepperSpeed {
    let index = (Self.all.firstIndex(of: self) ?? 0) + places
    return Self.all[min(max(0, index), Self.all.count - 1)]
  }

  package var words: String {
    switch self {
    case .ticksPerSecond(let rate): "\(rate)/s"
    case .unbounded: "full speed"
    case .realTime: "in real time"
    }
  }

  /// The speed of these words; nil for other words.
  init?(words: String) {
    switch words {
    case Self.unbounded.words: self = .unbounded
    case Self.realTime.words: self = .realTime
    default:
      guard words.hasSuffix("/s"), let rate = Int(words.dropLast(2)), rate > 0 else { return nil }
      self = .ticksPerSecond(rate)
    }
  }
}
