import CorosKernel

/// Runs the simulation for a few seeds, each twice, and checks that the two runs are the same.
@main
enum Main {
  static func main() throws {
    for seed: UInt64 in 1...5 {
      let (first, second) = (EventLog(limit: 100_000), EventLog(limit: 100_000))
      let result = try Simulation(seed: seed).run(log: first)
      let again = try Simulation(seed: seed).run(log: second)
      precondition(result == again && first.events == second.events, "two runs of one seed differ")
      print(
        "seed \(seed): \(result.answered) answered, \(result.failed) given up,",
        "\(result.timeouts) timeouts in \(result.ticks) ticks; \(first.events.count) events, twice alike"
      )
    }
  }
}
