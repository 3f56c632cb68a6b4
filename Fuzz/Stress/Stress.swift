import ArgumentParser
import CorosKernel
import CorosStorm

/// Storms under each policy in turn, for as many system calls as one likes.
@main
struct Stress: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scripts/stress",
    abstract: "Throws random system calls at the kernel, and checks that it stays whole.",
    discussion: """
      Each policy is given CALLS system calls, in storms of at most a million; each storm has a seed \
      of its own, the first one SEED and each later one more by one. What is found is printed with the \
      command that brings it back.
      """
  )

  @Option(help: "Where the random numbers of the first storm begin; by chance unless given.")
  var seed: UInt64 = .random(in: 0..<1_000_000_000)

  @Option(help: "How many system calls each policy is given.")
  var calls = 20_000_000

  @Option(help: "One policy, as after 'coros --policy'; all of them unless given.")
  var policy: String?

  @Option(help: "After how many steps the kernel's tables are walked, which takes time.")
  var checkEvery = 1_000

  func validate() throws {
    guard calls > 0, checkEvery > 0 else {
      throw ValidationError("--calls and --check-every take a whole number from 1")
    }
    if let policy, StormPolicies.make(policy) == nil {
      throw ValidationError(
        "there is no policy '\(policy)'; one of: \(StormPolicies.all.joined(separator: ", "))"
      )
    }
  }

  func run() throws {
    Console.output.say("seed \(seed)")
    Console.output.say(
      "again: scripts/stress --seed \(seed) --calls \(calls) --check-every \(checkEvery)"
    )
    Console.output.say("(after a crash, add the --policy and the --seed of the storm shown last)")
    var sum = Tally()
    for policy in policy.map({ [$0] }) ?? StormPolicies.all {
      var tally = Tally()
      var seed = seed
      while tally.calls < calls {
        Console.errors.say(
          "\(policy): \(tally.calls) of \(calls) calls; next, storm --seed \(seed)"
        )
        let storm = try storm(
          seed: seed,
          policy: policy,
          calls: min(1_000_000, calls - tally.calls)
        )
        tally.add(storm)
        seed &+= 1
      }
      Console.output.say("\(policy): \(tally)")
      sum.add(tally)
    }
    Console.output.say("all is well: \(sum)")
    Console.output.say("most resident memory: \(ResidentMemory.most / 1024) MB")
  }

  /// One storm, from its first call to its last task's end.
  private func storm(seed: UInt64, policy: String, calls: Int) throws -> Storm {
    guard let storm = Storm(StormPlan(seed: seed, policy: policy), checksEvery: checkEvery) else {
      throw ValidationError("there is no policy '\(policy)'")
    }
    storm.run(calls: calls)
    if storm.faults.isEmpty { storm.end() }
    guard storm.faults.isEmpty else {
      Console.output.say(
        "BROKEN under \(policy), after \(storm.calls) calls, at tick \(storm.scheduler.now):"
      )
      for fault in storm.faults.prefix(20) { Console.output.say("  \(fault)") }
      Console.output.say(
        "again: scripts/stress --seed \(seed) --policy \(policy) --calls \(calls) --check-every 1"
      )
      throw ExitCode(1)
    }
    return storm
  }
}
