import CorosKernel

/// Clients ask a server that is sometimes slow, give up after a while, and ask again.
///
/// A thousand ticks of it take a millisecond, and the same seed gives the same story each time: what a
/// flaky test of a real client and a real server would show once in a while, this shows at will.
struct Simulation {
  struct Request: CustomStringConvertible {
    let number: Int
    let replyTo: Mailbox<Int>
    var description: String { "request \(number)" }
  }

  struct Result: Equatable {
    var answered = 0
    var timeouts = 0
    var failed = 0
    var ticks: Tick = 0
  }

  let seed: UInt64
  let clients = 5
  let requestsPerClient = 4
  let timeout: Tick = 30
  let attempts = 3

  /// Runs the simulation to its end.
  ///
  /// - Parameter log: told every event; two runs with one seed tell the same.
  /// - Returns: how it went.
  /// - Throws: nothing, unless the kernel refuses a task.
  func run(log: EventLog? = nil) throws -> Result {
    let scheduler = Scheduler(seed: seed)
    if let log { scheduler.add(log) }
    var result = Result()
    let requests = Mailbox<Request>("server")

    let server = try scheduler.createTask("server") { os in
      while true {
        let request = try await os.receive(from: requests)
        // Most answers are quick, and one in eight is slow.
        let isSlow = try await os.random(below: 8) == 0
        try await os.sleep(isSlow ? 40 : 2)
        try await os.send(request.number, to: request.replyTo)
      }
    }

    var clientTasks: [TaskID] = []
    for client in 1...clients {
      let replies = Mailbox<Int>("client \(client)")
      clientTasks.append(
        try scheduler.createTask("client \(client)") { os in
          for number in 1...requestsPerClient {
            let outcome = try await ask(client * 100 + number, requests, replies, os)
            result.timeouts += outcome.timeouts
            if outcome.isAnswered { result.answered += 1 } else { result.failed += 1 }
            try await os.sleep(try await os.random(below: 10))
          }
        }
      )
    }

    for task in clientTasks { try scheduler.perform(WaitTask(task)) }
    result.ticks = scheduler.now
    try scheduler.perform(KillTask(server))
    return result
  }

  private nonisolated(nonsending) func ask(
    _ number: Int,
    _ requests: Mailbox<Request>,
    _ replies: Mailbox<Int>,
    _ os: SystemInterface
  ) async throws -> (isAnswered: Bool, timeouts: Int) {
    for attempt in 0..<attempts {
      try await os.send(Request(number: number, replyTo: replies), to: requests)
      do {
        // An answer to an earlier request that came too late is thrown away.
        while try await os.receive(from: replies, timeout: timeout) != number {}
        return (true, attempt)
      } catch SystemCallError.timedOut {
        try await os.write("request \(number), attempt \(attempt + 1): no answer")
      }
    }
    return (false, attempts)
  }
}
