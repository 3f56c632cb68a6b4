#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Jobs that come back from other threads, until the kernel's thread fetches them.
///
/// Unchecked Sendable: every access holds the lock.
final class Inbox: @unchecked Sendable {
  // Pointers, since a mutex must stay where it was made.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [UnownedJob] = []

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(arrival, nil)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_mutex_destroy(lock)
    arrival.deallocate()
    lock.deallocate()
  }

  func deliver(_ job: UnownedJob) {
    pthread_mutex_lock(lock)
    jobs.append(job)
    pthread_cond_signal(arrival)
    pthread_mutex_unlock(lock)
  }

  /// Takes everything that has arrived, in order of arrival.
  func drain() -> [UnownedJob] {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    let arrived = jobs
    jobs.removeAll()
    return arrived
  }

  /// Blocks until something is there or the given number of milliseconds has passed.
  func wait(milliseconds: Int) {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    let nanoseconds = deadline.tv_nsec + (milliseconds % 1_000) * 1_000_000
    deadline.tv_sec += milliseconds / 1_000 + nanoseconds / 1_000_000_000
    deadline.tv_nsec = nanoseconds % 1_000_000_000
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while jobs.isEmpty {
      if pthread_cond_timedwait(arrival, lock, &deadline) == ETIMEDOUT { return }
    }
  }
}
