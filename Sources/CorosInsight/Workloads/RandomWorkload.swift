package import CorosKernel

/// Randomly drawn jobs; the same parameters give the same jobs on every machine and in every release.
///
/// For each job in turn, a number r is drawn for each of length, arrival and I/O interval whose bound allows
/// more than one value, from a `RandomSource` begun with the seed: the length is 1 + r below `maxlen`, the
/// arrival r below `maxat` + 1, the interval r below `maxio` + 1.
package struct RandomWorkload {
  package var count: Int
  package var seed: UInt64
  package var longest: Tick = 10
  package var latest: Tick = 0
  package var longestInterval: Tick = 0
  package var ioTime = JobDescription.standardIOTime

  package init(
    count: Int,
    seed: UInt64,
    longest: Tick = 10,
    latest: Tick = 0,
    longestInterval: Tick = 0,
    ioTime: Tick = JobDescription.standardIOTime
  ) {
    self.count = count
    self.seed = seed
    self.longest = longest
    self.latest = latest
    self.longestInterval = longestInterval
    self.ioTime = ioTime
  }

  /// The jobs.
  package func jobs() -> [JobDescription] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in
      var job = JobDescription(length: 1)
      if longest > 1 { job.length = 1 + random.next(below: longest) }
      if latest > 0 { job.arrival = random.next(below: latest + 1) }
      if longestInterval > 0 { job.ioInterval = random.next(below: longestInterval + 1) }
      job.ioTime = ioTime
      return job
    }
  }
}
