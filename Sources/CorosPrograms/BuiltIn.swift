package import CorosKernel

extension Catalogue {
  /// The programs that come with Coros, in the order in which one best meets them.
  ///
  /// A program is one file of this folder and one line here.
  package static var builtIn: Catalogue {
    Catalogue([
      // One task, and what a step is.
      .hello, .steps, .count, .spin, .job, .proc, .dice,
      // Several tasks share the CPU.
      .duet, .visit, .race, .whoami,
      // Time passes, also when nobody runs.
      .clock, .sleepers,
      // Tasks make tasks, and wait for them.
      .family, .orphan, .fib, .patience,
      // Tasks have power over tasks.
      .reaper, .traffic,
      // What goes wrong, and how it is contained.
      .crash, .stubborn, .foreign, .circle, .forkbomb, .babble,
    ])
  }
}
