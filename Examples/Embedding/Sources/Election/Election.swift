public import CorosKernel

/// Candidates ask voters for their votes; who has most of them is the leader.
///
/// There must never be two leaders. Where candidates are hasty, each looks whether a voter is free, and then makes it
/// vote: between the two another candidate may have done the same.
public struct Election {
  let voters = 3
  let candidates = 2
  let isHasty: Bool

  /// Makes an election, with the mistake or without.
  public init(isHasty: Bool) { self.isHasty = isHasty }

  /// Holds the election.
  ///
  /// - Returns: how many have become leader.
  public nonisolated(nonsending) func hold(_ os: SystemInterface) async throws -> Int {
    var ballots: [Object<Ballot>] = []
    for number in 1...voters {
      ballots.append(try await os.call(MakeObject(Ballot(), named: "voter \(number)")))
    }
    var tasks: [TaskID] = []
    for number in 1...candidates {
      let task = try await os.newTask("candidate \(number)") { [ballots] os in
        if try await votes(at: ballots, os) > voters / 2 { try await os.exit(1) }
      }
      tasks.append(task)
    }
    var leaders = 0
    for task in tasks where try await os.waitTask(task) == .exited(1) { leaders += 1 }
    return leaders
  }

  /// Asks the voters one after the other.
  private nonisolated(nonsending) func votes(
    at ballots: [Object<Ballot>],
    _ os: SystemInterface
  ) async throws -> Int {
    let me = try await os.getTid()
    var votes = 0
    for ballot in ballots {
      if isHasty, try await os.call(ReadVote(ballot: ballot)) != nil { continue }
      let vote = CastVote(ballot: ballot, candidate: me, isHasty: isHasty)
      if try await os.call(vote) { votes += 1 }
    }
    return votes
  }
}
