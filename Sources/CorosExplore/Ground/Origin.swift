import CorosKernel

/// Where all runs begin.
enum Origin {
  /// On a new scheduler.
  case make(() throws -> Scheduler)
  /// On any scheduler without tasks.
  case setUp((Scheduler) throws -> Void)
}
