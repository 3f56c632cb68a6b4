import CorosKernel

/// Where all runs begin.
enum Origin {
  /// On a new scheduler.
  case make(() throws -> Scheduler)
  /// On any scheduler without tasks that has this seed.
  case setUp(seed: UInt64, (Scheduler) throws -> Void)
}
