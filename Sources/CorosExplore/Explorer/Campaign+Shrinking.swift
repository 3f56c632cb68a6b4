// Making failures small.

extension Campaign {
  /// Makes each failure as small as it can be.
  func shrinkFailures() throws {
    for (signature, place) in known.sorted(by: { $0.value < $1.value }) {
      let failure = report.failures[place]
      guard failure.minimal == .found, failure.kind != .livelock else { continue }
      var shrinker = Shrinker(self, signature, failure)
      let (path, size, minimal) = try shrinker.shrink()
      report.failures[place].schedule = questions.schedule(of: path)
      report.failures[place].size = size
      report.failures[place].minimal = minimal
      report.failures[place].replays = shrinker.replays
    }
  }
}
