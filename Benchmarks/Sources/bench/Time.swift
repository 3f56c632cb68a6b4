#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The nanoseconds of CPU time that some work takes, in all threads of this process.
///
/// Wall time would include other activity of the machine, and no measure waits.
func cpuTime(of work: () throws -> Void) rethrows -> Double {
  let start = cpuTimeNow()
  try work()
  return cpuTimeNow() - start
}

/// The nanoseconds of wall time that some work takes: for programs, whose start a user waits for.
func wallTime(of work: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(work)
  return duration / .nanoseconds(1)
}

private func cpuTimeNow() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) * 1e9 + Double(now.tv_nsec)
}
