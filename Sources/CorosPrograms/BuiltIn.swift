package import CorosKernel

extension Catalogue {
  /// The programs that come with Coros, in the order in which to learn them.
  ///
  /// Each program is one file in this folder and one line here.
  package static var builtIn: Catalogue {
    Catalogue([
      // One task; what a step is.
      .hello, .steps, .count, .spin, .job, .proc, .dice,
      // Several tasks share the CPU.
      .duet, .visit, .race, .whoami,
      // Time passes, even when no task runs.
      .clock, .sleepers,
      // Tasks create tasks and wait for them.
      .family, .orphan, .fib, .patience,
      // Tasks control other tasks.
      .reaper, .traffic,
      // Tasks share locks and semaphores.
      .account, .rendezvous, .barrier, .buffer, .lostwakeup, .abba, .philosophers, .pathfinder,
      // The classics: each in a right and a wrong form.
      .readers, .barber, .smokers, .santa, .h2o, .bathroom,
      // Tasks send messages to each other, and look after each other.
      .mailman, .supervisor,
      // One task reads what another writes: `spawn count | wc`.
      .wc, .grep, .head,
      // Tasks speak with the world outside.
      .echobad, .echobad2, .echo, .chat, .http, .slowloris, .cat, .fetch,
      // Failures, and how the kernel contains them.
      .crash, .stubborn, .foreign, .circle, .forkbomb, .babble,
    ])
  }
}
