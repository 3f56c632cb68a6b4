import CorosKernel

/// The vote of one voter, kept in the kernel's state, with two system calls of our own.
struct Ballot: KernelObject {
  var votedFor: TaskID?

  static var kind: String { "ballot" }
  var summary: String { votedFor.map { "for task \($0)" } ?? "free" }
}

/// Asks for whom a voter has voted.
struct ReadVote: SystemCall {
  let ballot: Object<Ballot>

  /// It touches nothing but the ballot, which an explorer of schedules is glad to know.
  static var isTracked: Bool { true }

  func arguments(in kernel: KernelContext) -> String { kernel.name(of: ballot) }

  func handle(in kernel: KernelContext) -> Disposition<TaskID?> {
    .catching { .reply(try kernel.value(of: ballot).votedFor) }
  }
}

/// Makes a voter vote for a task, if it is free or `isHasty`.
struct CastVote: SystemCall {
  let ballot: Object<Ballot>
  let candidate: TaskID
  let isHasty: Bool

  static var isTracked: Bool { true }

  func arguments(in kernel: KernelContext) -> String {
    "at \(kernel.name(of: ballot)) for task \(candidate)"
  }

  /// Replies whether the vote counts.
  func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let isCounted = try kernel.change(ballot) { ballot in
        guard isHasty || ballot.votedFor == nil else { return false }
        ballot.votedFor = candidate
        return true
      }
      return .reply(isCounted)
    }
  }
}
