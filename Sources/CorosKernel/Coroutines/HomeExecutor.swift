import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where task bodies run: on the thread that resumes them, and nowhere else.
///
/// It is both the serial executor of the actor that bodies are isolated to and the task executor that
/// they prefer, so the helpers, child tasks and default actors that a body awaits stay on the thread
/// too. A job that arrives from this thread during a resumption is the body's own business and is run
/// in its turn; a job from anywhere else comes back from an await outside the kernel, and goes to the
/// inbox.
///
/// Unchecked Sendable: `jobs` is touched only by the resuming thread, and the inbox has a lock.
final class HomeExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
  private let resumingThread = Atomic<UInt>(0)
  @exclusivity(unchecked) private var jobs: [UnownedJob] = []
  @exclusivity(unchecked) private var taken = 0
  let inbox = Inbox()

  func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job))
  }

  func enqueue(_ job: UnownedJob) {
    if isOnResumingThread {
      jobs.append(job)
    } else {
      inbox.deliver(job)
    }
  }

  /// Takes the oldest job that arrived on the resuming thread.
  func takeJob() -> UnownedJob? {
    guard taken < jobs.count else { return nil }
    let job = jobs[taken]
    taken += 1
    if taken == jobs.count {
      jobs.removeAll(keepingCapacity: true)
      taken = 0
    }
    return job
  }

  /// Makes the calling thread the resuming one; returns what to restore by `endResuming`.
  func beginResuming() -> UInt {
    // Not an exchange, which would be a locked instruction: no other thread writes while one resumes.
    let previous = resumingThread.load(ordering: .relaxed)
    resumingThread.store(Self.currentThread, ordering: .relaxed)
    return previous
  }

  func endResuming(_ previous: UInt) {
    resumingThread.store(previous, ordering: .relaxed)
  }

  /// Whether a coroutine is being resumed now, and by the calling thread.
  var isOnResumingThread: Bool {
    resumingThread.load(ordering: .relaxed) == Self.currentThread
  }

  private static var currentThread: UInt {
    #if canImport(Glibc)
      UInt(pthread_self())
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }

  // The door's executor and this one never run at once, but the runtime tells them apart by identity,
  // which is what makes a hop between them suspend.
  func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(complexEquality: self)
  }

  func asUnownedTaskExecutor() -> UnownedTaskExecutor {
    UnownedTaskExecutor(ordinary: self)
  }

  func isSameExclusiveExecutionContext(other: HomeExecutor) -> Bool {
    true
  }

  func isIsolatingCurrentContext() -> Bool? {
    isOnResumingThread
  }

  func checkIsolated() {
    precondition(isOnResumingThread, "kernel state was touched outside a dispatch")
  }
}
