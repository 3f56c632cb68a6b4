import CorosKernel

/// How many ticks a call waits at most, in a single word: see ``Parcel``.
struct TimeLimit {
  private let number: Tick

  init(_ ticks: Tick?) {
    // The smallest number stands for none; that time is refused as all negative ones.
    number = ticks.map { max($0, .min + 1) } ?? .min
  }

  /// The ticks; nil for ever.
  var ticks: Tick? { number == .min ? nil : number }
}
