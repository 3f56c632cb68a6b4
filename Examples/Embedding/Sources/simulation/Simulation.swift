import CorosKernel

/// Clients send requests to a server that is sometimes slow; after a timeout they retry.
///
/// A thousand ticks take a millisecond, and the same seed always gives the same run: a failure that a test of
/// a real client and a real server would show rarely is reproducible here.
struct Simulation {
  struct Request: CustomStringConvertible {
    let number: Int
    let replyTo: Object<Mailbox<Int>>
    var description: String { "request \(number)" }
  }

  struct Summary: Equatable {
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
  /// - Parameter log: Receives every event; two runs with the same seed give equal events.
  /// - Returns: The totals of the run.
  /// - Throws: Only if the kernel refuses to create a task.
  func run(log: EventLog? = nil) throws -> Summary {
    let scheduler = Scheduler(seed: seed)
    if let log { scheduler.add(log) }
    var result = Summary()
    let requests = try scheduler.perform(MakeObject(Mailbox<Request>(), named: "server"))

    let server = try scheduler.createTask("server") { os in
      while true {
        let request = try await os.receive(from: requests)
        // Most replies are fast; one in eight is slow.
        let isSlow = try await os.random(below: 8) == 0
        try await os.sleep(isSlow ? 40 : 2)
        try await os.send(request.number, to: request.replyTo)
      }
    }

    var clientTasks: [TaskID] = []
    for client in 1...clients {
      let replies = try scheduler.perform(
        MakeObject(Mailbox<Int>(), named: "client \(client)")
      )
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

  // `nonisolated(nonsending)` keeps the helper on the caller's executor, that is, in the kernel's task.
  private nonisolated(nonsending) func ask(
    _ number: Int,
    _ requests: Object<Mailbox<Request>>,
    _ replies: Object<Mailbox<Int>>,
    _ os: SystemInterface
  ) async throws -> (isAnswered: Bool, timeouts: Int) {
    for attempt in 0..<attempts {
      try await os.send(Request(number: number, replyTo: replies), to: requests)
      do {
        // Discard late replies to earlier requests.
        while try await os.receive(from: replies, timeout: timeout) != number {}
        return (true, attempt)
      } catch SystemCallError.timedOut {
        try await os.write("request \(number), attempt \(attempt + 1): no answer")
      }
    }
    return (false, attempts)
  }
}
