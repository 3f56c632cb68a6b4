package import CorosKernel

/// A job of an exercise: it arrives, computes for some ticks, and ends.
package struct QuizJob: Equatable, Sendable {
  package let name: String
  package let arrival: Tick
  package let length: Tick
  /// Shown only if the policy uses priorities; larger numbers go first.
  package let priority: Int

  package var parameters: SchedulingParameters {
    SchedulingParameters(priority: priority, length: length)
  }

  /// Draws jobs for which every rule has one answer: no two have the same length or priority, and either all
  /// arrive at once or no two do.
  ///
  /// - Parameters:
  ///   - count: The number of jobs, at most the number of lengths.
  ///   - random: The source of random numbers; the same numbers give the same jobs, in every release.
  /// - Returns: The jobs by arrival, named from `a` on.
  package static func draw(_ count: Int, from random: inout RandomSource) -> [QuizJob] {
    var lengths = Array(Self.lengths)
    lengths.shuffle(with: &random)
    var priorities = Array(1...count)
    priorities.shuffle(with: &random)
    let isTogether = random.next(below: 3) == 0
    var arrival = 0
    return (0..<count).map { index in
      if index > 0, !isTogether { arrival += 1 + random.next(below: 4) }
      return QuizJob(
        name: String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index))),
        arrival: arrival,
        length: lengths[index],
        priority: priorities[index]
      )
    }
  }

  /// The possible lengths of a job, in ticks of CPU.
  static let lengths = 2...9
}

extension Array {
  /// The Fisher-Yates shuffle, written out so that a seed keeps its meaning.
  package mutating func shuffle(with random: inout RandomSource) {
    for last in indices.dropFirst().reversed() {
      swapAt(last, random.next(below: last + 1))
    }
  }
}

/// The running job: one tick of CPU per dispatch, until it has had all its ticks.
struct QuizJobMachine: StateMachine {
  var ticksLeft: Tick

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    ticksLeft -= 1
    return ticksLeft <= 0 ? .returned : .compute
  }
}
