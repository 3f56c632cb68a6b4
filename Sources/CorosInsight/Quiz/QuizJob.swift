package import CorosKernel

/// A job of an exercise: it arrives, needs the CPU for some ticks, and ends.
package struct QuizJob: Equatable, Sendable {
  package let name: String
  package let arrival: Tick
  package let length: Tick
  /// Shown only where the policy goes by it; the larger goes first.
  package let priority: Int

  package var parameters: SchedulingParameters {
    SchedulingParameters(priority: priority, length: length)
  }

  /// Draws jobs that no rule is at a loss with: no two of a length or of a priority, and either all arrive
  /// at once or no two do.
  ///
  /// - Parameters:
  ///   - count: How many, at most as many as there are lengths.
  ///   - random: Where chance comes from; the same numbers give the same jobs, in every release.
  /// - Returns: The jobs by their arrival, named from `a` on.
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

  /// The ticks of CPU that a job may need.
  static let lengths = 2...9
}

extension Array {
  /// Fisher and Yates's shuffle, spelled out so that a seed keeps its meaning.
  package mutating func shuffle(with random: inout RandomSource) {
    for last in indices.dropFirst().reversed() {
      swapAt(last, random.next(below: last + 1))
    }
  }
}

/// The job at work: a tick of CPU a dispatch, until it has had them all.
struct QuizJobMachine: StateMachine {
  var ticksLeft: Tick

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    ticksLeft -= 1
    return ticksLeft <= 0 ? .returned : .compute
  }
}
