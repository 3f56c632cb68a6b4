/// Runs several contestants in turn, A B C, A B C, so that a bad moment of the machine affects all of them.
///
/// Each run is a separate process. Each therefore starts with fresh memory, a crash is only a line in the
/// report, and a peer in another language is measured exactly as we are.
struct Campaign {
  /// A piece of work that can be repeated.
  struct Contestant {
    let name: String
    let tasks: Int
    var budget = Budget()
    /// Does the work, and returns the measured cost.
    let run: () throws -> Sample
  }

  let contestants: [Contestant]
  let rounds: Int

  /// Runs all contestants for a number of rounds; one that fails is out.
  ///
  /// - Parameter progress: Called before each run.
  /// - Returns: The outcomes, in the order of the contestants.
  func run(progress: (_ round: Int, Contestant) -> Void) -> [Outcome] {
    var samples: [[Sample]] = contestants.map { _ in [] }
    var failures: [String?] = contestants.map { _ in nil }
    for round in 1...rounds {
      for (index, contestant) in contestants.enumerated() where failures[index] == nil {
        progress(round, contestant)
        do {
          samples[index].append(try contestant.run())
        } catch {
          failures[index] = "\(error)"
        }
      }
    }
    return zip(contestants, zip(samples, failures)).map { contestant, found in
      Outcome(
        name: contestant.name,
        tasks: contestant.tasks,
        budget: contestant.budget,
        samples: found.0,
        failure: found.1
      )
    }
  }
}

extension Campaign.Contestant {
  /// A program that prints the line of a sample.
  init(name: String, tasks: Int, budget: Budget = Budget(), command: [String]) {
    self.init(name: name, tasks: tasks, budget: budget) {
      let output = try ChildProcess.output(of: command)
      guard let line = output.split(separator: "\n").last, let sample = Sample(line: line) else {
        throw ChildProcess.Failure(description: "\(command[0]) printed no sample: \(output)")
      }
      return sample
    }
  }
}

/// The results of one contestant over all rounds.
struct Outcome {
  let name: String
  let tasks: Int
  let budget: Budget
  let nanoseconds: Spread?
  let bytesPerTask: Double?
  let failure: String?

  init(name: String, tasks: Int, budget: Budget, samples: [Sample], failure: String?) {
    self.name = name
    self.tasks = tasks
    self.budget = budget
    self.failure = failure
    nanoseconds = Spread(failure == nil ? samples.map(\.nanoseconds) : [])
    bytesPerTask = Spread(samples.compactMap(\.bytesPerTask))?.median
  }
}

/// The median and the range of several measurements.
struct Spread {
  let median: Double
  let lowest: Double
  let highest: Double

  /// Nil if there are no values.
  init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let lowest = sorted.first, let highest = sorted.last else { return nil }
    self.lowest = lowest
    self.highest = highest
    let middle = sorted.count / 2
    median =
      sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The difference between highest and lowest, relative to the median.
  var width: Double { median > 0 ? (highest - lowest) / median : 0 }
}
