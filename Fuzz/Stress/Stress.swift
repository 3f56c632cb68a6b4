import ArgumentParser
import CorosKernel
import CorosStorm

/// Runs storms under each policy in turn, for any number of system calls.
@main
struct Stress: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scripts/stress",
    abstract: "Makes random system calls and checks the kernel's invariants.",
    discussion: """
      Each policy gets CALLS system calls, in storms of at most a million. The first storm has the seed \
      SEED, each later one the next number. A fault is printed with the command that reproduces it.
      """
  )

  @Option(help: "The seed of the first storm. Default: random.")
  var seed: UInt64 = .random(in: 0..<1_000_000_000)

  @Option(help: "The number of system calls for each policy.")
  var calls = 20_000_000

  @Option(help: "A policy, as for 'coros --policy'. Default: all policies.")
  var policy: String?

  @Option(help: "The number of steps between two checks of the kernel's invariants.")
  var checkEvery = 1_000

  func validate() throws {
    guard calls > 0, checkEvery > 0 else {
      throw ValidationError("--calls and --check-every must be at least 1")
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
      "to reproduce: scripts/stress --seed \(seed) --calls \(calls) --check-every \(checkEvery)"
    )
    Console.output.say("(after a crash, use the --policy and the --seed of the last storm shown)")
    var sum = Tally()
    for policy in policy.map({ [$0] }) ?? StormPolicies.all {
      var tally = Tally()
      var seed = seed
      while tally.calls < calls {
        Console.errors.say(
          "\(policy): \(tally.calls) of \(calls) calls; next storm: --seed \(seed)"
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
    Console.output.say("no faults: \(sum)")
    Console.output.say("peak resident memory: \(ResidentMemory.most / 1024) MB")
  }

  /// Runs one storm, from its first call to the end of its last task.
  private func storm(seed: UInt64, policy: String, calls: Int) throws -> Storm {
    guard let storm = Storm(StormPlan(seed: seed, policy: policy), checksEvery: checkEvery) else {
      throw ValidationError("there is no policy '\(policy)'")
    }
    storm.run(calls: calls)
    if storm.faults.isEmpty { storm.end() }
    guard storm.faults.isEmpty else {
      Console.output.say(
        "FAULT under \(policy), after \(storm.calls) calls, at tick \(storm.scheduler.now):"
      )
      for fault in storm.faults.prefix(20) { Console.output.say("  \(fault)") }
      Console.output.say(
        "to reproduce: scripts/stress --seed \(seed) --policy \(policy) --calls \(calls) --check-every 1"
      )
      throw ExitCode(1)
    }
    return storm
  }
}
