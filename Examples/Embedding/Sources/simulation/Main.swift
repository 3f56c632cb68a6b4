import CorosKernel

/// Runs the simulation twice for each of a few seeds, and checks that the two runs are equal.
@main
enum Main {
  static func main() throws {
    for seed: UInt64 in 1...5 {
      let (first, second) = (EventLog(limit: 100_000), EventLog(limit: 100_000))
      let result = try Simulation(seed: seed).run(log: first)
      let again = try Simulation(seed: seed).run(log: second)
      precondition(result == again && first.events == second.events, "the runs differ")
      print(
        "seed \(seed): \(result.answered) answered, \(result.failed) failed,",
        "\(result.timeouts) timeouts in \(result.ticks) ticks; \(first.events.count) events, both runs equal"
      )
    }
  }
}
