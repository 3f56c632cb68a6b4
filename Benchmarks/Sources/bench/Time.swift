#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The nanoseconds of CPU that some work takes, in all threads of this process.
///
/// Not those on the wall: they count whatever else the machine does meanwhile, and no measure waits.
func cpuTime(of work: () throws -> Void) rethrows -> Double {
  let start = cpuTimeNow()
  try work()
  return cpuTimeNow() - start
}

/// The nanoseconds that some work takes on the wall: for programs, whose start somebody waits for.
func wallTime(of work: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(work)
  return duration / .nanoseconds(1)
}

private func cpuTimeNow() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) * 1e9 + Double(now.tv_nsec)
}
